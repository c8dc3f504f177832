import { difficultyOfNbits } from '@headframe/core/chain/target'
import { listWorkerBests } from '@headframe/db/worker/list-worker-bests'
import { sumWorkerOutcomes } from '@headframe/db/worker/sum-worker-outcomes'
import { staleCostSats } from '../../../measure/earning-power'
import { measureHashrate } from '../../../measure/hashrate'
import { spanOfWindow, WORKER_WINDOWS } from '../../../measure/span'
import { presenceOfWorker } from '../../../measure/worker-presence'
import { networkOf, readAddress, readWorker } from '../../address'
import type { Context } from '../../context'
import { readWorkers } from '../../live/read-live'
import { readRecord } from '../../record'
import { readReward } from '../../reward'
import { procedure } from '../../trpc'
import { summarySchema } from './summary.schema'

/** The best ever, and of as many days. */
const BESTS = 15

/** One worker: whether it is there, its hashrates, what became of its shares, and its best ones; null when the pool knows none. */
export const summary = procedure(summarySchema).query(async ({ ctx, input }) => {
  const db = ctx.database.pool
  const of = await readAddress(ctx, input.address)
  const [worker, record] = await Promise.all([readWorker(ctx, of, input.worker), readRecord(ctx)])
  if (worker === undefined) return null
  const firstShareAtMs = worker.lastShareAtMs === undefined ? undefined : worker.firstSeenAtMs
  const spans = WORKER_WINDOWS.map((window) => spanOfWindow(window, record.untilMs))
  const [sums, bests, presence, reward] = await Promise.all([
    sumWorkerOutcomes(db, worker.workerId, spans),
    listWorkerBests(db, worker.workerId, BESTS),
    readPresence(ctx, of, input.worker),
    readReward(ctx),
  ])
  const day = sums[WORKER_WINDOWS.indexOf('24h')]!
  return {
    nowMs: record.nowMs,
    record,
    label: worker.label,
    isHidden: worker.isHidden,
    firstSeenAtMs: worker.firstSeenAtMs,
    lastShareAtMs: worker.lastShareAtMs,
    presence,
    hashrates: WORKER_WINDOWS.map((window, index) => ({
      window,
      hashrate: measureHashrate({ ...spans[index]!, ...sums[index]!.accepted }, firstShareAtMs),
    })),
    acceptedCount: day.accepted.shareCount,
    rejects: day.rejects,
    staleCostSats: reward && staleCostSats(day.rejects, day.accepted, reward),
    bests: bests.map(({ nbits, ...best }) => ({ ...best, networkDifficulty: difficultyOfNbits(nbits) })),
  }
})

async function readPresence(context: Context, of: string, name: string) {
  const network = await networkOf(context)
  return presenceOfWorker(name, await readWorkers(context.live.commands, network, of, context.nowMs()))
}
