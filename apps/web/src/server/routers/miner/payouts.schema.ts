import { z } from 'zod'
import { specify } from '../../api/specify'
import { nextPayout, payoutState } from '../../schema/payout'
import { big, hash, listOf, maybe, sats, timeMs } from '../../schema/values'
import { address, pageSize, payoutCursor } from '../input'

export const payoutsSchema = specify({
  summary: 'What a miner was paid, and is about to be',
  description: 'The newest first.',
  rest: { method: 'GET', path: '/miners/{address}/payouts' },
  access: 'anybody',
  cost: 'read',
  input: z.object({ address, cursor: payoutCursor.nullish(), limit: pageSize.default(10) }),
  output: z.object({
    payouts: listOf(
      z.object({
        batchId: big,
        state: payoutState,
        plannedAtMs: timeMs,
        amountSats: sats.describe('Taken from what he was owed.'),
        sentSats: maybe(sats).describe('What his output has; absent before there is a transaction.'),
        feePayer: z.enum(['pool', 'payees']),
        awaitsApproval: z.boolean(),
        txid: maybe(hash),
        height: maybe(z.number()),
        confirmations: maybe(z.number()),
      }),
    ),
    confirmationsWanted: maybe(z.number()).describe('From which on a payment counts as made.'),
    nextCursor: nextPayout,
  }),
})
