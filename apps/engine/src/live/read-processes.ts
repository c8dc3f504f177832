import type { LiveKeys } from '@headframe/core/live/live-feed'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { PUBLISH_INTERVAL_MS } from './live-feed.js'

/** Who has missed so many publications is gone: a pool that was stopped is not to look as if it ran. */
const GONE_AFTER_MS = 10 * PUBLISH_INTERVAL_MS

const PROCESS = z.object({ atMs: z.number(), profileHits: z.record(z.string(), z.number()) })

/** What a command wants to know of a stratum process that runs. */
export type ProcessReport = Readonly<z.output<typeof PROCESS>>

/** The stratum processes that live, on all hosts. Rejects when Redis does not answer. */
export async function readProcesses(
  redis: Redis,
  keys: Pick<LiveKeys, 'processes'>,
  nowMs: number,
): Promise<ProcessReport[]> {
  const texts = await redis.hvals(keys.processes)
  return texts.flatMap((text) => parseReport(text) ?? []).filter(({ atMs }) => nowMs - atMs <= GONE_AFTER_MS)
}

function parseReport(text: string): ProcessReport | undefined {
  try {
    return PROCESS.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
