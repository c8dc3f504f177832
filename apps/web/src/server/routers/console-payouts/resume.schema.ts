import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { done } from './input'

export const resumeSchema = specifyAction({
  action: 'payouts.resume',
  summary: 'Let payouts go on',
  description: 'What was paused leaves the pool again.',
  rest: { method: 'POST', path: '/console/payouts/resume' },
  input: z.object({}),
  output: done,
  subject: () => 'payouts',
})
