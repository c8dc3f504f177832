import { LIVE_ENTRY_MAX_AGE_MS, liveKeys, NODE_STATES } from '@headframe/core/live/live-feed'
import type { Network } from '@headframe/core/chain/network'
import type { Redis } from 'ioredis'
import { z } from 'zod'

/** Something that is only known while the engine says so. */
export type LiveReading<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly why: 'feed-away' | 'not-reported' }

/** Writers and workers of one hash that are looked at; more would be somebody filling Redis. */
const MAX_ENTRIES = 1_000

const NODE_STATUS = {
  state: z.enum(NODE_STATES),
  message: z.string(),
  height: z.number().optional(),
  networkDifficulty: z.number().optional(),
  sinceMs: z.number(),
}
const NODE_ENTRY = z.object({
  ...NODE_STATUS,
  name: z.string(),
  templateFeesSats: z.string().optional(),
  templateAgeMs: z.number().optional(),
  isChosen: z.boolean(),
})
const DIRECT = z.discriminatedUnion('state', [
  z.object({ state: z.literal('paying'), minerCount: z.number(), ageMs: z.number() }),
  z.object({ state: z.literal('custodial'), message: z.string() }),
])
const NODE = z.object({
  ...NODE_STATUS,
  atMs: z.number(),
  jobAgeMs: z.number().optional(),
  nodes: z.array(NODE_ENTRY),
  direct: DIRECT.optional(),
})
const PROCESS = z.object({
  atMs: z.number(),
  connections: z.number(),
  workers: z.number(),
  eventLoopDelayP99Ms: z.number().optional(),
  lateSharesCredited: z.number().optional(),
  profileHits: z.record(z.string(), z.number()).optional(),
})
const SELF_CHECK = z.object({
  atMs: z.number(),
  jobId: z.string(),
  height: z.number(),
  node: z.string(),
  results: z.array(z.object({ variant: z.string(), result: z.string().nullable() })),
})
const CANARY = z.object({
  atMs: z.number(),
  ports: z.array(
    z.object({
      port: z.number(),
      jobId: z.string().optional(),
      height: z.number().optional(),
      lastJobAtMs: z.number().optional(),
      problems: z.array(z.string()),
    }),
  ),
})
const WORKER = z.object({
  atMs: z.number(),
  connections: z.number(),
  difficulty: z.number(),
  lastShareAtMs: z.number().optional(),
  userAgent: z.string(),
})

export type NodeReport = z.output<typeof NODE>
export interface Presence {
  readonly connections: number
  readonly workers: number
}
export type WorkerReport = z.output<typeof WORKER>
export type ProcessReport = z.output<typeof PROCESS>
export type SelfCheckReport = z.output<typeof SELF_CHECK>
export type CanaryReport = z.output<typeof CANARY>

export function readNode(redis: Redis, network: Network): Promise<LiveReading<NodeReport>> {
  return reading(async () => {
    const text = await redis.get(liveKeys(network).node)
    return text === null ? undefined : parsed(NODE, text)
  })
}

/** What the nodes said of the pool's newest block that was proposed to one of them. */
export function readSelfCheck(redis: Redis, network: Network): Promise<LiveReading<SelfCheckReport>> {
  return reading(async () => {
    const text = await redis.get(liveKeys(network).selfCheck)
    return text === null ? undefined : parsed(SELF_CHECK, text)
  })
}

/** What the pool's own miner has seen. */
export function readCanary(redis: Redis, network: Network): Promise<LiveReading<CanaryReport>> {
  return reading(async () => {
    const text = await redis.get(liveKeys(network).canary)
    return text === null ? undefined : parsed(CANARY, text)
  })
}

/** What each stratum process says of itself, by its name; those that are silent are left out. */
export function readProcesses(
  redis: Redis,
  network: Network,
  nowMs: number,
): Promise<LiveReading<(readonly [string, ProcessReport])[]>> {
  return reading(async () => {
    const entries = await freshEntries(redis, liveKeys(network).processes, PROCESS, nowMs)
    return entries.length === 0 ? undefined : entries.sort(([a], [b]) => (a < b ? -1 : 1))
  })
}

/** Connections and authorized workers over all stratum processes that still report. */
export function readPresence(redis: Redis, network: Network, nowMs: number): Promise<LiveReading<Presence>> {
  return reading(async () => {
    const entries = await freshEntries(redis, liveKeys(network).processes, PROCESS, nowMs)
    if (entries.length === 0) return undefined
    const sum = (of: (entry: Presence) => number) =>
      entries.reduce((total, [, entry]) => total + of(entry), 0)
    return { connections: sum((entry) => entry.connections), workers: sum((entry) => entry.workers) }
  })
}

/** What each stratum process says of a miner's workers: pairs of worker name and report. */
export function readWorkers(
  redis: Redis,
  network: Network,
  address: string,
  nowMs: number,
): Promise<LiveReading<(readonly [string, WorkerReport])[]>> {
  return reading(async () => {
    const entries = await freshEntries(redis, liveKeys(network).miner(address), WORKER, nowMs)
    return entries.map(([field, report]) => [field.slice(field.indexOf('/') + 1), report] as const)
  })
}

async function freshEntries<T extends { atMs: number }>(
  redis: Redis,
  key: string,
  schema: z.ZodType<T>,
  nowMs: number,
): Promise<(readonly [string, T])[]> {
  const hash = await redis.hgetall(key)
  return Object.entries(hash)
    .slice(0, MAX_ENTRIES)
    .flatMap(([field, text]) => {
      const entry = parsed(schema, text)
      return entry === undefined || nowMs - entry.atMs > LIVE_ENTRY_MAX_AGE_MS
        ? []
        : [[field, entry] as const]
    })
}

async function reading<T>(read: () => Promise<T | undefined>): Promise<LiveReading<T>> {
  try {
    const value = await read()
    return value === undefined ? { known: false, why: 'not-reported' } : { known: true, value }
  } catch {
    return { known: false, why: 'feed-away' }
  }
}

function parsed<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
