import {
  NODE_STATES,
  type LiveBan,
  type LiveCanary,
  type LiveKeys,
  type LiveNode,
  type LiveProcess,
  type LiveSelfCheck,
} from '@headframe/core/live/live-feed'
import type { Redis } from 'ioredis'
import { z } from 'zod'

/** What serve reports, as far as it can be read; what is undefined, nobody reports. */
export interface LiveReports {
  readonly node: LiveNode | undefined
  readonly selfCheck: LiveSelfCheck | undefined
  readonly canary: LiveCanary | undefined
  /** Of all stratum processes that have not been swept, the silent ones, too. */
  readonly processes: readonly ReportingProcess[]
  readonly bans: readonly LiveBan[]
}

export type ReportingProcess = Pick<LiveProcess, 'atMs' | 'connections' | 'lastShareAtMs'>

const STATE = z.enum(NODE_STATES)
const NODE: z.ZodType<LiveNode> = z.looseObject({
  atMs: z.number(),
  state: STATE,
  message: z.string(),
  sinceMs: z.number(),
  jobAgeMs: z.number().optional(),
  nodes: z.array(
    z.looseObject({
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
const PROCESS = z.object({
  atMs: z.number(),
  connections: z.number().default(0),
  lastShareAtMs: z.number().optional(),
})
const BAN: z.ZodType<LiveBan> = z.object({
  address: z.string(),
  reason: z.string(),
  sinceMs: z.number(),
  untilMs: z.number(),
  offences: z.number(),
  by: z.string(),
})

/** Rejects when Redis does not answer. */
export async function readReports(
  redis: Redis,
  keys: Pick<LiveKeys, 'node' | 'selfCheck' | 'canary' | 'processes' | 'bans'>,
): Promise<LiveReports> {
  const [[node, selfCheck, canary], processes, bans] = await Promise.all([
    redis.mget(keys.node, keys.selfCheck, keys.canary),
    redis.hvals(keys.processes),
    redis.hvals(keys.bans),
  ])
  return {
    node: parsed(NODE, node),
    selfCheck: parsed(SELF_CHECK, selfCheck),
    canary: parsed(CANARY, canary),
    processes: processes.flatMap((text) => parsed(PROCESS, text) ?? []),
    bans: bans.flatMap((text) => parsed(BAN, text) ?? []),
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
