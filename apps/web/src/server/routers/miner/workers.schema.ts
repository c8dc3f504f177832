import { z } from 'zod'
import { specify } from '../../api/specify'
import { hashrate } from '../../schema/hashrate'
import { count, listOf, maybe, timeMs } from '../../schema/values'
import { address } from '../input'

const presence = z.discriminatedUnion('state', [
  z.object({ state: z.literal('online'), connections: count, difficulty: z.number(), userAgent: z.string() }),
  z.object({ state: z.literal('offline') }),
  z.object({ state: z.literal('unknown') }),
])

export const workersSchema = specify({
  summary: "A miner's workers",
  description: 'By name, at most two hundred: those with the newest shares.',
  rest: { method: 'GET', path: '/miners/{address}/workers' },
  access: 'anybody',
  cost: 'expensive',
  input: z.object({ address }),
  output: z.object({
    nowMs: timeMs,
    isCut: z.boolean(),
    workers: listOf(
      z.object({
        name: z.string().describe('Empty when the miner named none.'),
        lastShareAtMs: maybe(timeMs),
        hour: hashrate,
        day: hashrate,
        acceptedCount: count.describe('Of the last 24 hours, as the rejects are.'),
        rejects: z.record(z.string(), count).describe('By reason.'),
        /** Unknown while the live feed is away. */
        presence,
      }),
    ),
  }),
})
