import { chartPoolWork } from '@headframe/db/pool/chart-pool-work'
import { chartHashrate } from '../../chart'
import { readRecord } from '../../record'
import { procedure } from '../../trpc'
import { zoomOf } from '../input'
import { hashrateSchema } from './hashrate.schema'

/** The pool's hashrate over a range of time. */
export const hashrate = procedure(hashrateSchema).query(({ ctx, input }) =>
  ctx.cache.get(`pool.hashrate:${input.range}:${input.fromMs}:${input.toMs}`, async () => {
    const record = await readRecord(ctx)
    return chartHashrate(
      { range: input.range, zoom: zoomOf(input) },
      record.untilMs,
      record.firstShareAtMs,
      (chart) => chartPoolWork(ctx.database.pool, chart),
    )
  }),
)
