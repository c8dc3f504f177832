import type { LiveKeys } from '@headframe/core/live/live-feed'
import type { ProfileRule } from '@headframe/core/stratum/profile-rule'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { PUBLISH_INTERVAL_MS } from './live-feed.js'

/** Who has missed so many publications is gone: a pool that was stopped is not to look as if it ran. */
const GONE_AFTER_MS = 10 * PUBLISH_INTERVAL_MS

const PROCESS = z.object({ atMs: z.number(), profileHits: z.record(z.string(), z.number()) })

const PROFILES = z.object({
  atMs: z.number(),
  rules: z.array(z.object({ pattern: z.string(), profile: z.string() })),
})

/** What a command wants to know of a stratum process that runs. */
export type ProcessReport = Readonly<z.output<typeof PROCESS>>

/** The stratum processes that live, on all hosts. Rejects when Redis does not answer. */
export async function readProcesses(
  redis: Redis,
  keys: Pick<LiveKeys, 'processes'>,
  nowMs: number,
): Promise<ProcessReport[]> {
  const texts = await redis.hvals(keys.processes)
  return texts
    .flatMap((text) => parseReport(PROCESS, text) ?? [])
    .filter(({ atMs }) => nowMs - atMs <= GONE_AFTER_MS)
}

/** The rules of operators, as the process has them that told of its profiles last. Nothing when none did lately. */
export async function readRules(
  redis: Redis,
  keys: Pick<LiveKeys, 'profiles'>,
  nowMs: number,
): Promise<readonly ProfileRule[]> {
  const texts = await redis.hvals(keys.profiles)
  const told = texts.flatMap((text) => parseReport(PROFILES, text) ?? [])
  const fresh = told.filter(({ atMs }) => nowMs - atMs <= GONE_AFTER_MS)
  return fresh.sort((a, b) => b.atMs - a.atMs)[0]?.rules ?? []
}

function parseReport<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
