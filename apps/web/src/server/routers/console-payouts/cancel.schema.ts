import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { done, payoutId, subjectOf } from './input'

export const cancelSchema = specifyAction({
  action: 'payouts.cancel',
  summary: 'Take back a payout',
  description: 'One of which nothing was signed; its amounts are owed as before.',
  rest: { method: 'POST', path: '/console/payouts/{id}/cancel' },
  input: z.object({
    id: payoutId,
    isNeverSigned: z
      .boolean()
      .default(false)
      .describe('You are sure that no signed copy of it exists anywhere: needed once it is funded.'),
  }),
  output: done,
  errors: ['not-found', 'conflict'],
  subject: subjectOf,
})
