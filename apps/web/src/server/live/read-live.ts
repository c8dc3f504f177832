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
const NODE = z.object({
  ...NODE_STATUS,
  atMs: z.number(),
  jobAgeMs: z.number().optional(),
  nodes: z.array(NODE_ENTRY),
})
const PROCESS = z.object({ atMs: z.number(), connections: z.number(), workers: z.number() })
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

export function readNode(redis: Redis, network: Network): Promise<LiveReading<NodeReport>> {
  return reading(async () => {
    const text = await redis.get(liveKeys(network).node)
    return text === null ? undefined : parsed(NODE, text)
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
