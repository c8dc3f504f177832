import { listWorkers, type WorkerActivity } from '@headframe/db/worker/list-workers'
import type { WorkSpan } from '@headframe/db/pool/work-sum'
import { staleCostSats, type RewardBasis } from '../../../measure/earning-power'
import { measureHashrate } from '../../../measure/hashrate'
import { spanOfWindow } from '../../../measure/span'
import { presenceOfWorker } from '../../../measure/worker-presence'
import { isHimself, networkOf, readAddress, readMiner, seesAll } from '../../address'
import { readWorkers } from '../../live/read-live'
import { readRecord } from '../../record'
import { readReward } from '../../reward'
import { procedure } from '../../trpc'
import { workersSchema } from './workers.schema'

const MAX_WORKERS = 200

/** A miner's workers by name, at most two hundred. */
export const workers = procedure(workersSchema).query(async ({ ctx, input }) => {
  const [miner, record] = await Promise.all([readMiner(ctx, input.address), readRecord(ctx)])
  if (miner === undefined) return { workers: [], isCut: false, nowMs: record.nowMs }
  const network = await networkOf(ctx)
  const spans = { recent: spanOfWindow('1h', record.untilMs), day: spanOfWindow('24h', record.untilMs) }
  const [found, live, reward] = await Promise.all([
    listWorkers(ctx.database.pool, miner.minerId, spans, MAX_WORKERS, seesAll(ctx, miner)),
    readWorkers(ctx.live.commands, network, await readAddress(ctx, input.address), ctx.nowMs()),
    readReward(ctx),
  ])
  return {
    nowMs: record.nowMs,
    isCut: found.length === MAX_WORKERS,
    workers: found.map((worker) => ({
      ...describe(worker, spans, reward),
      label: isHimself(ctx, miner) ? worker.label : undefined,
      presence: presenceOfWorker(worker.name, live),
    })),
  }
})

function describe(
  worker: WorkerActivity,
  spans: { recent: WorkSpan; day: WorkSpan },
  reward: RewardBasis | undefined,
) {
  const firstShareAtMs = worker.lastShareAtMs === undefined ? undefined : worker.firstSeenAtMs
  return {
    name: worker.name,
    isHidden: worker.isHidden,
    lastShareAtMs: worker.lastShareAtMs,
    hour: measureHashrate({ ...spans.recent, ...worker.recent }, firstShareAtMs),
    day: measureHashrate({ ...spans.day, ...worker.day }, firstShareAtMs),
    acceptedCount: worker.day.shareCount,
    rejects: worker.rejects,
    staleCostSats: reward && staleCostSats(worker.rejects, worker.day, reward),
    bestDifficulty: worker.bestDifficulty,
  }
}
