import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { done } from '../console-payouts/input'
import { peerAddress, subjectOf } from './input'

export const liftSchema = specifyAction({
  action: 'bans.lift',
  summary: 'Lift the ban of a network address',
  description: 'Whoever is there may connect again within a second, and counts as one who was never banned.',
  rest: { method: 'POST', path: '/console/bans/lift' },
  input: z.object({ address: peerAddress }),
  output: done,
  errors: ['not-found', 'engine-away'],
  subject: subjectOf,
})
