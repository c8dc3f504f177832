import {
  NODE_STATES,
  type LiveCanary,
  type LiveKeys,
  type LiveNode,
  type LiveSelfCheck,
} from '@headframe/core/live/live-feed'
import type { LiveObservation } from '@headframe/core/status/judge-parts'
import type { Redis } from 'ioredis'
import { z } from 'zod'

/** Who has not reported for so long is gone: stratum processes report every second. */
const GONE_AFTER_MS = 15_000

const STATE = z.enum(NODE_STATES)
const NODE: z.ZodType<LiveNode> = z.object({
  atMs: z.number(),
  state: STATE,
  message: z.string(),
  sinceMs: z.number(),
  jobAgeMs: z.number().optional(),
  nodes: z.array(
    z.object({
      name: z.string(),
      state: STATE,
      message: z.string(),
      sinceMs: z.number(),
      isChosen: z.boolean(),
    }),
  ),
})
const SELF_CHECK: z.ZodType<LiveSelfCheck> = z.object({
  atMs: z.number(),
  jobId: z.string(),
  height: z.number(),
  node: z.string(),
  results: z.array(z.object({ variant: z.string(), result: z.string().nullable() })),
})
const CANARY: z.ZodType<LiveCanary> = z.object({
  atMs: z.number(),
  ports: z.array(z.object({ port: z.number(), problems: z.array(z.string()) })),
})
const PROCESS = z.object({ atMs: z.number(), lastShareAtMs: z.number().optional() })

/** What serve reports now. Rejects when Redis does not answer. */
export async function readReports(
  redis: Redis,
  keys: Pick<LiveKeys, 'node' | 'selfCheck' | 'canary' | 'processes'>,
  nowMs: number,
): Promise<LiveObservation> {
  const [[node, selfCheck, canary], processes] = await Promise.all([
    redis.mget(keys.node, keys.selfCheck, keys.canary),
    redis.hvals(keys.processes),
  ])
  return {
    node: parsed(NODE, node),
    selfCheck: parsed(SELF_CHECK, selfCheck),
    canary: parsed(CANARY, canary),
    processes: processes
      .flatMap((text) => parsed(PROCESS, text) ?? [])
      .filter(({ atMs }) => nowMs - atMs <= GONE_AFTER_MS),
  }
}

/** What cannot be read, nobody has reported. */
function parsed<T>(schema: z.ZodType<T>, text: string | null | undefined): T | undefined {
  if (text === null || text === undefined) return undefined
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
