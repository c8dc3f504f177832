import type { LiveFacts } from '@headframe/core/alert/judge-pool'
import type { LiveKeys, LiveWorker } from '@headframe/core/live/live-feed'
import type { Redis } from 'ioredis'
import type { LiveReports } from '../status/read-reports.js'

/** A stratum process that has missed so many seconds is gone. */
const GONE_AFTER_MS = 30_000

export function liveFacts(
  { processes, ...reports }: LiveReports,
  connectionsBefore: number,
  nowMs: number,
): LiveFacts {
  const living = processes.filter(({ atMs }) => nowMs - atMs <= GONE_AFTER_MS)
  const connections = living.reduce((sum, process) => sum + process.connections, 0)
  return {
    ...reports,
    processes: living.length,
    connections,
    connectionsBefore: Math.max(connectionsBefore, connections),
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
