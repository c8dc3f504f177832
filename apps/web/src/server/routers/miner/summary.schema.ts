import { z } from 'zod'
import { specify } from '../../api/specify'
import { allHashrates } from '../../schema/hashrate'
import { record } from '../../schema/record'
import { count, listOf, maybe, timeMs } from '../../schema/values'
import { address } from '../input'

const known = z.object({
  known: z.literal(true),
  nowMs: timeMs,
  isYou: z.boolean().describe('Whether you have proven this address.'),
  record,
  firstSeenAtMs: timeMs,
  lastShareAtMs: maybe(timeMs),
  hashrates: allHashrates,
  outcomes: listOf(z.object({ outcome: z.string(), count })).describe(
    'Of the last 24 hours: `accepted` or the reason of a reject.',
  ),
})

export const summarySchema = specify({
  summary: "A miner's hashrates and what became of his submissions",
  description: '`known` is false when the pool has no share of the address.',
  rest: { method: 'GET', path: '/miners/{address}' },
  access: 'anybody',
  cost: 'read',
  isPersonal: true,
  input: z.object({ address }),
  output: z.discriminatedUnion('known', [known, z.object({ known: z.literal(false), nowMs: timeMs })]),
})
