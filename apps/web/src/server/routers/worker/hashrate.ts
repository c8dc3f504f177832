import { chartWorkerWork } from '@headframe/db/worker/chart-worker-work'
import { readWorker } from '../../address'
import { chartHashrate } from '../../chart'
import { readRecord } from '../../record'
import { procedure } from '../../trpc'
import { zoomOf } from '../input'
import { hashrateSchema } from './hashrate.schema'

/** A worker's hashrate over a range of time; null when the pool knows no such worker. */
export const hashrate = procedure(hashrateSchema).query(async ({ ctx, input }) => {
  const db = ctx.database.pool
  const worker = await readWorker(ctx, input.address, input.worker)
  if (worker === undefined) return null
  const { untilMs } = await readRecord(ctx)
  return chartHashrate({ range: input.range, zoom: zoomOf(input) }, untilMs, worker.firstSeenAtMs, (chart) =>
    chartWorkerWork(db, worker.workerId, chart),
  )
})
