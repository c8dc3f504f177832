import { z } from 'zod'
import { RANGES } from '../../measure/range'
import { count, listOf, timeMs } from './values'

/** Accepted work over time, or why there is no number. */
export const hashrate = z
  .discriminatedUnion('measured', [
    z.object({
      measured: z.literal(true),
      hashesPerSecond: z.number(),
      seconds: z.number().describe('What the work was divided by.'),
      shareCount: count.describe('Shares the number rests on.'),
      effectiveCount: z
        .number()
        .describe(
          'As many shares of one difficulty would be as good: chance moves it by one in the root of it.',
        ),
    }),
    z.object({ measured: z.literal(false), why: z.enum(['no-share', 'too-early']) }),
  ])
  .meta({ id: 'Hashrate', description: 'Accepted work over time, or why there is no number.' })

/** By how far each reaches back. */
export const hashrates = z.object({ '10m': hashrate, '1h': hashrate, '24h': hashrate })
export const allHashrates = hashrates.extend({ '1m': hashrate, '6h': hashrate, '7d': hashrate })

export const hashrateChart = z
  .object({
    range: z.enum(RANGES),
    bucketMs: z.number(),
    points: listOf(z.object({ startsAtMs: timeMs, endsAtMs: timeMs, hashrate })),
  })
  .meta({ id: 'HashrateChart', description: 'Hashrates one after the other, the last one up to now.' })
