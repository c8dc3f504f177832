import { chartPoolWork } from '@headframe/db/pool/chart-pool-work'
import { z } from 'zod'
import { chartHashrate } from '../../chart'
import { readRecord } from '../../record'
import { procedure } from '../../trpc'
import { range } from '../input'

/** The pool's hashrate over a range of time. */
export const hashrate = procedure.input(z.object({ range })).query(({ ctx, input }) =>
  ctx.cache.get(`pool.hashrate:${input.range}`, async () => {
    const record = await readRecord(ctx)
    return chartHashrate(input.range, record.untilMs, record.firstShareAtMs, (chart) =>
      chartPoolWork(ctx.database.pool, chart),
    )
  }),
)
