import { z } from 'zod'
import { specify } from '../../api/specify'
import { payoutAddress } from '../../schema/account'
import { payoutTerms } from '../../schema/pool'
import { big, count, hash, listOf, maybe, sats, timeMs } from '../../schema/values'
import { address } from '../input'

const correction = z.object({
  transactionId: big,
  postedAtMs: timeMs,
  reason: z.string(),
  reversesId: maybe(big).describe('The correction that it takes back.'),
  amountSats: sats.describe('More is owed when positive.'),
})

export const balanceSchema = specify({
  summary: 'What the pool owes a miner and has paid him',
  description: 'And by what terms he is paid on chain; `terms` is absent when nobody is.',
  rest: { method: 'GET', path: '/miners/{address}/balance' },
  access: 'anybody',
  cost: 'read',
  isPersonal: true,
  input: z.object({ address }),
  output: z
    .object({
      immatureSats: sats.describe('Of blocks whose coinbase cannot be spent yet.'),
      availableSats: sats.describe('Owed and payable.'),
      lockedSats: sats.describe('In a payout that is under way.'),
      paidSats: sats.describe('Sent.'),
      directSats: sats.describe('Paid to him by the coinbases of blocks themselves; the pool never had it.'),
      nextMaturity: maybe(
        z.object({ blockHash: hash, height: z.number(), confirmations: count, amountSats: sats }),
      ),
      corrections: listOf(correction).describe('The newest ones; the statement has all.'),
      payout: z.object({
        terms: maybe(payoutTerms),
        ownThresholdSats: maybe(sats).describe(
          'What he wants to be owed before he is paid; absent: the terms say.',
        ),
        isPaused: z.boolean(),
        paidTo: maybe(z.object({ current: maybe(payoutAddress), pending: maybe(payoutAddress) })).describe(
          'Other addresses than his own: the one in force, and one that is asked for and not yet in force. ' +
            'For himself alone; absent for everybody else.',
        ),
      }),
    })
    .nullable(),
  absent: 'The pool has no share of this address.',
})
