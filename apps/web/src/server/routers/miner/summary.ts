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
  const spans = WORKER_WINDOWS.map((window) => spanOfWindow(window, record.untilMs))
  const [sums, outcomes] = await Promise.all([
    sumMinerWork(db, miner.minerId, spans),
    countOutcomes(db, miner.minerId, spanOfWindow('24h', record.untilMs)),
  ])
  const hashrates = WORKER_WINDOWS.map(
    (window, n) => [window, measureHashrate({ ...spans[n]!, ...sums[n]! }, firstShareAtMs)] as const,
  )
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
