import { z } from 'zod'
import { specify } from '../../api/specify'
import { payoutProblem, payoutState } from '../../schema/payout'
import { big, count, hash, listOf, maybe, sats, timeMs } from '../../schema/values'
import { onePayout } from './input'

export const oneSchema = specify({
  summary: 'All of one payout',
  description: 'Whom it pays, its transactions, and all that has happened to it.',
  rest: { method: 'GET', path: '/console/payouts/{id}' },
  access: 'operator:read',
  cost: 'expensive',
  input: onePayout,
  output: z
    .object({
      id: big,
      state: payoutState,
      createdAtMs: timeMs,
      miners: count,
      totalSats: sats,
      feeSats: maybe(sats),
      feePayer: z.enum(['pool', 'payees']),
      awaitsApproval: z.boolean(),
      approvedBy: maybe(z.string()),
      bumpRequested: z.boolean(),
      height: maybe(z.number()),
      problem: maybe(payoutProblem),
      payees: listOf(z.object({ address: z.string(), amountSats: sats })).describe('At most 500 of them.'),
      versions: listOf(
        z.object({
          number: z.number(),
          feeSats: sats,
          feeRate: z.number().describe('Satoshis a virtual byte.'),
          fundedAtMs: timeMs,
          txid: maybe(hash),
          sentAtMs: maybe(timeMs),
        }),
      ),
      events: listOf(
        z.object({ atMs: timeMs, what: z.string(), detail: maybe(z.string()), author: maybe(z.string()) }),
      ).describe('The latest 200, the oldest first.'),
    })
    .nullable(),
  absent: 'There is no payout of that number.',
})
