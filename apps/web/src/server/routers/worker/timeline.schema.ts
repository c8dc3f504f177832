import { z } from 'zod'
import { RANGES } from '../../../measure/range'
import { specify } from '../../api/specify'
import { count, listOf, maybe, timeMs } from '../../schema/values'
import { address, range, workerName, zoomFields } from '../input'

export const timelineSchema = specify({
  summary: "What became of a worker's shares over a range of time",
  description: 'Accepted and rejected ones, and at which difficulty on average, bucket by bucket.',
  rest: { method: 'GET', path: '/miners/{address}/worker-timeline' },
  access: 'anybody',
  cost: 'read',
  input: z.object({ address, worker: workerName, range, ...zoomFields }),
  output: z
    .object({
      range: z.enum(RANGES),
      bucketMs: z.number(),
      points: listOf(
        z.object({
          startsAtMs: timeMs,
          endsAtMs: timeMs,
          acceptedCount: count,
          rejectedCount: count,
          rejects: z.record(z.string(), count).describe('By reason.'),
          difficulty: maybe(z.number()).describe('Mean of what the accepted shares were credited.'),
          isKnown: z.boolean().describe('False before the worker was first seen.'),
        }),
      ),
    })
    .nullable(),
  absent: 'The pool knows no such worker.',
  example: { worker: 'garage', range: '24h' },
})
