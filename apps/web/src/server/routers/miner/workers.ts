import { listWorkers, type WorkerActivity } from '@headframe/db/worker/list-workers'
import type { WorkSpan } from '@headframe/db/pool/work-sum'
import { staleCostSats, type RewardBasis } from '../../../measure/earning-power'
import { measureHashrate } from '../../../measure/hashrate'
import { spanOfWindow } from '../../../measure/span'
import { presenceOfWorker } from '../../../measure/worker-presence'
import { isHimself, networkOf, readAddress, readMiner, seesAll } from '../../address'
import { readWorkers } from '../../live/read-live'
import type { RequestContext } from '../../context'
import { readRecord } from '../../record'
import { readReward } from '../../reward'
import { procedure } from '../../trpc'
import { workersSchema } from './workers.schema'

const MAX_WORKERS = 200

/** A miner's workers by name, at most two hundred. Those of a farm that many look at are listed once a moment. */
export const workers = procedure(workersSchema).query(async ({ ctx, input }) => {
  const miner = await readMiner(ctx, input.address)
  if (miner === undefined) return { workers: [], isCut: false, nowMs: (await readRecord(ctx)).nowMs }
  const access = { seesAll: seesAll(ctx, miner), isHimself: isHimself(ctx, miner) }
  const list = () => listOf(ctx, miner.minerId, input.address, access)
  return access.seesAll || access.isHimself ? list() : ctx.cache.get(`workers of ${miner.minerId}`, list)
})

interface Access {
  readonly seesAll: boolean
  readonly isHimself: boolean
}

async function listOf(ctx: RequestContext, minerId: number, address: string, access: Access) {
  const [network, record] = await Promise.all([networkOf(ctx), readRecord(ctx)])
  const spans = { recent: spanOfWindow('1h', record.untilMs), day: spanOfWindow('24h', record.untilMs) }
  const [found, live, reward] = await Promise.all([
    listWorkers(ctx.database.pool, minerId, spans, MAX_WORKERS, access.seesAll),
    readWorkers(ctx.live.commands, network, await readAddress(ctx, address), ctx.nowMs()),
    readReward(ctx),
  ])
  return {
    nowMs: record.nowMs,
    isCut: found.length === MAX_WORKERS,
    workers: found.map((worker) => ({
      ...describe(worker, spans, reward),
      label: access.isHimself ? worker.label : undefined,
      presence: presenceOfWorker(worker.name, live),
    })),
  }
}

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
