import { z } from 'zod'
import { specify } from '../../api/specify'
import { big, count, listOf, maybe, sats, timeMs } from '../../schema/values'
import { address } from '../input'

const MAX_DAYS = 31

export const shareEarningsSchema = specify({
  summary: 'What a miner was paid for his shares a day',
  description:
    'On FPPS ports, whatever blocks came of it: by UTC days, the newest first. The amounts of all days come to ' +
    '`totalSats`, which is what the ledger has booked.',
  rest: { method: 'GET', path: '/miners/{address}/share-earnings' },
  access: 'anybody',
  cost: 'read',
  input: z.object({
    address,
    cursor: z.int().nonnegative().nullish().describe('The `nextCursor` of the page before.'),
    days: z.int().min(1).max(MAX_DAYS).default(10).describe('Over how many days a page goes.'),
  }),
  output: z.object({
    totalSats: sats.describe('Ever.'),
    days: listOf(
      z.object({
        dayMs: timeMs.describe('Start of the day.'),
        creditCount: count.describe('Times at which he was credited.'),
        score: big.describe('Of his shares: their work as a part of what a block took, in units of 2^-96.'),
        amountSats: sats,
        lowRateSats: sats.describe('For the work of a whole block, the least of the day.'),
        highRateSats: sats.describe('The most of the day.'),
      }),
    ),
    nextCursor: maybe(z.number()),
  }),
})
