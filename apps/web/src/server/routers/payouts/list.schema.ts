import { z } from 'zod'
import { specify } from '../../api/specify'
import { nextPayout, payoutState } from '../../schema/payout'
import { big, count, hash, listOf, maybe, sats, timeMs } from '../../schema/values'
import { pageSize, payoutCursor } from '../input'

export const listSchema = specify({
  summary: "The pool's payouts on chain",
  description: 'The newest first. A transaction is named, and its fee told, once it was sent.',
  rest: { method: 'GET', path: '/payouts' },
  access: 'anybody',
  cost: 'read',
  input: z.object({ cursor: payoutCursor.nullish(), limit: pageSize.default(25) }),
  output: z.object({
    payouts: listOf(
      z.object({
        id: big,
        state: payoutState,
        createdAtMs: timeMs,
        miners: count,
        totalSats: sats,
        awaitsApproval: z.boolean(),
        feeSats: maybe(sats),
        txid: maybe(hash),
        height: maybe(z.number()),
        confirmations: maybe(z.number()),
      }),
    ),
    confirmationsWanted: maybe(z.number()).describe('From which on a payment counts as made.'),
    nextCursor: nextPayout,
  }),
})
