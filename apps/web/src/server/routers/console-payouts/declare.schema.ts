import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { done } from './input'

const MAX_DECLARED = 20

export const declareSchema = specifyAction({
  action: 'payouts.declare',
  summary: 'Say what the wallet has sent that is no payout',
  description:
    'What it paid is in the books by now, or is nobody’s that the pool owes. It cannot be taken back; payouts go on.',
  rest: { method: 'POST', path: '/console/payouts/declare' },
  input: z.object({
    txids: z
      .array(z.string().regex(/^[0-9a-f]{64}$/, { error: 'The id of a transaction has 64 of 0-9 and a-f.' }))
      .min(1)
      .max(MAX_DECLARED),
    reason: z.string().trim().min(3).max(300).describe('What they were.'),
  }),
  output: done,
  subject: ({ txids: [first, ...more] }) =>
    more.length === 0 ? `transaction ${first!}` : `transaction ${first!} and ${more.length} more`,
})
