import { countOutcomes } from '@headframe/db/miner/count-outcomes'
import { sumMinerWork } from '@headframe/db/miner/sum-miner-work'
import { measureHashrate, type Hashrate } from '../../../measure/hashrate'
import { spanOfWindow, WORKER_WINDOWS, type Window } from '../../../measure/span'
import { isHimself, readMiner } from '../../address'
import { readRecord } from '../../record'
import { procedure } from '../../trpc'
import { summarySchema } from './summary.schema'

/** A miner's hashrates and what became of his submissions. `known` is false when the pool has no share of his. */
export const summary = procedure(summarySchema).query(async ({ ctx, input }) => {
  const [miner, record] = await Promise.all([readMiner(ctx, input.address), readRecord(ctx)])
  if (miner === undefined) return { known: false as const, nowMs: record.nowMs }
  const db = ctx.database.pool
  const firstShareAtMs = miner.lastShareAtMs === undefined ? undefined : miner.firstSeenAtMs
  async function hashrate(window: Window): Promise<Hashrate> {
    const span = spanOfWindow(window, record.untilMs)
    return measureHashrate(
      { ...span, ...(await sumMinerWork(db, miner?.minerId ?? 0, span)) },
      firstShareAtMs,
    )
  }
  const [hashrates, outcomes] = await Promise.all([
    Promise.all(WORKER_WINDOWS.map(async (window) => [window, await hashrate(window)] as const)),
    countOutcomes(db, miner.minerId, spanOfWindow('24h', record.untilMs)),
  ])
  return {
    known: true as const,
    nowMs: record.nowMs,
    isYou: isHimself(ctx, miner),
    record,
    firstSeenAtMs: miner.firstSeenAtMs,
    lastShareAtMs: miner.lastShareAtMs,
    hashrates: Object.fromEntries(hashrates) as Readonly<Record<Window, Hashrate>>,
    outcomes,
  }
})
