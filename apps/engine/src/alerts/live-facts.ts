import type { LiveFacts } from '@headframe/core/alert/judge-pool'
import type {
  LiveBan,
  LiveCanary,
  LiveKeys,
  LiveNode,
  LiveProcess,
  LiveSelfCheck,
  LiveWorker,
} from '@headframe/core/live/live-feed'
import type { Redis } from 'ioredis'

/** A stratum process that has missed so many seconds is gone. */
const GONE_AFTER_MS = 30_000

/** What Redis says, read leniently: it is the engine's own, and an entry that cannot be read says nothing. */
export async function readLiveFacts(
  redis: Redis,
  keys: LiveKeys,
  connectionsBefore: number,
  nowMs: number,
): Promise<LiveFacts> {
  const [node, selfCheck, canary, processes, bans] = await Promise.all([
    redis.get(keys.node),
    redis.get(keys.selfCheck),
    redis.get(keys.canary),
    redis.hvals(keys.processes),
    redis.hvals(keys.bans),
  ])
  const living = processes
    .flatMap((text) => (parsed(text) as LiveProcess | undefined) ?? [])
    .filter(({ atMs }) => nowMs - atMs <= GONE_AFTER_MS)
  const connections = living.reduce((sum, process) => sum + process.connections, 0)
  return {
    node: parsed(node) as LiveNode | undefined,
    selfCheck: parsed(selfCheck) as LiveSelfCheck | undefined,
    canary: parsed(canary) as LiveCanary | undefined,
    processes: living.length,
    connections,
    connectionsBefore: Math.max(connectionsBefore, connections),
    bans: bans.flatMap((text) => (parsed(text) as LiveBan | undefined) ?? []),
  }
}

/** When each of a miner's workers has sent its last share, as the live feed has it; by name. */
export async function readLastShares(
  redis: Redis,
  keys: LiveKeys,
  address: string,
): Promise<Map<string, number>> {
  const last = new Map<string, number>()
  for (const [field, text] of Object.entries(await redis.hgetall(keys.miner(address)))) {
    const name = field.slice(field.indexOf('/') + 1)
    const atMs = (parsed(text) as LiveWorker | undefined)?.lastShareAtMs ?? 0
    last.set(name, Math.max(atMs, last.get(name) ?? 0))
  }
  return last
}

/** Undefined for what is no JSON, and for null. */
function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : ((JSON.parse(text) as unknown) ?? undefined)
  } catch {
    return undefined
  }
}
