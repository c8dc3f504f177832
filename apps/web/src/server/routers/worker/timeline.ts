import { chartWorkerOutcomes } from '@headframe/db/worker/chart-worker-outcomes'
import { fillTimeline } from '../../../measure/timeline'
import { chartShape } from '../../../measure/range'
import { readWorker } from '../../address'
import { readRecord } from '../../record'
import { procedure } from '../../trpc'
import { zoomOf } from '../input'
import { timelineSchema } from './timeline.schema'

/** What became of a worker's shares over a range of time, and at which difficulty; null when the pool knows no such worker. */
export const timeline = procedure(timelineSchema).query(async ({ ctx, input }) => {
  const db = ctx.database.pool
  const worker = await readWorker(ctx, input.address, input.worker)
  if (worker === undefined) return null
  const { untilMs } = await readRecord(ctx)
  const shape = chartShape(input.range, untilMs, zoomOf(input))
  const buckets = await chartWorkerOutcomes(db, worker.workerId, shape)
  return {
    range: input.range,
    bucketMs: shape.bucketMs,
    points: fillTimeline(shape, buckets, worker.firstSeenAtMs),
  }
})
