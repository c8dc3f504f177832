import { chartMinerWork } from '@headframe/db/miner/chart-miner-work'
import { readMiner } from '../../address'
import { chartHashrate } from '../../chart'
import { readRecord } from '../../record'
import { procedure } from '../../trpc'
import { zoomOf } from '../input'
import { hashrateSchema } from './hashrate.schema'

/** A miner's hashrate over a range of time; null when the pool has no share of his. */
export const hashrate = procedure(hashrateSchema).query(async ({ ctx, input }) => {
  const [miner, record] = await Promise.all([readMiner(ctx, input.address), readRecord(ctx)])
  if (miner === undefined) return null
  return chartHashrate(
    { range: input.range, zoom: zoomOf(input) },
    record.untilMs,
    miner.firstSeenAtMs,
    (chart) => chartMinerWork(ctx.database.pool, miner.minerId, chart),
  )
})
