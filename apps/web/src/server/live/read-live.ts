import { LIVE_ENTRY_MAX_AGE_MS, liveKeys } from '@headframe/core/live/live-feed'
import type { Network } from '@headframe/core/chain/network'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import {
  canaryReport,
  nodeEntry,
  nodeReport,
  processReport,
  selfCheckReport,
  tipsReport,
} from '../schema/live'

/** Something that is only known while the engine says so. */
export type LiveReading<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly why: 'feed-away' | 'not-reported' }

/** Writers and workers of one hash that are looked at; more would be somebody filling Redis. */
const MAX_ENTRIES = 1_000

/** JSON has no bigint. */
const SATS_AS_TEXT = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(BigInt)
  .optional()
const NODE = nodeReport.extend({
  nodes: z.array(nodeEntry.extend({ templateFeesSats: SATS_AS_TEXT })).readonly(),
})
const WORKER = z.object({
  atMs: z.number(),
  connections: z.number(),
  connectedAtMs: z.number().optional(),
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
export type ProcessReport = z.output<typeof processReport>
export type SelfCheckReport = z.output<typeof selfCheckReport>
export type CanaryReport = z.output<typeof canaryReport>
export type TipsReport = z.output<typeof tipsReport>

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
    return text === null ? undefined : parsed(selfCheckReport, text)
  })
}

/** What the pool's own miner has seen. */
export function readCanary(redis: Redis, network: Network): Promise<LiveReading<CanaryReport>> {
  return reading(async () => {
    const text = await redis.get(liveKeys(network).canary)
    return text === null ? undefined : parsed(canaryReport, text)
  })
}

/** How fast miners were brought to the newest tips. */
export function readTips(redis: Redis, network: Network): Promise<LiveReading<TipsReport>> {
  return reading(async () => {
    const text = await redis.get(liveKeys(network).tips)
    return text === null ? undefined : parsed(tipsReport, text)
  })
}

/** What each stratum process says of itself, by its name; those that are silent are left out. */
export function readProcesses(
  redis: Redis,
  network: Network,
  nowMs: number,
): Promise<LiveReading<(readonly [string, ProcessReport])[]>> {
  return reading(async () => {
    const entries = await freshEntries(redis, liveKeys(network).processes, processReport, nowMs)
    return entries.length === 0 ? undefined : entries.sort(([a], [b]) => (a < b ? -1 : 1))
  })
}

/** Connections and authorized workers over all stratum processes that still report. */
export function readPresence(redis: Redis, network: Network, nowMs: number): Promise<LiveReading<Presence>> {
  return reading(async () => {
    const entries = await freshEntries(redis, liveKeys(network).processes, processReport, nowMs)
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

export async function freshEntries<T extends { atMs: number }>(
  redis: Redis,
  key: string,
  schema: z.ZodType<T>,
  nowMs: number,
  maxAgeMs = LIVE_ENTRY_MAX_AGE_MS,
): Promise<(readonly [string, T])[]> {
  const hash = await redis.hgetall(key)
  return Object.entries(hash)
    .slice(0, MAX_ENTRIES)
    .flatMap(([field, text]) => {
      const entry = parsed(schema, text)
      return entry === undefined || nowMs - entry.atMs > maxAgeMs ? [] : [[field, entry] as const]
    })
}

export async function reading<T>(read: () => Promise<T | undefined>): Promise<LiveReading<T>> {
  try {
    const value = await read()
    return value === undefined ? { known: false, why: 'not-reported' } : { known: true, value }
  } catch {
    return { known: false, why: 'feed-away' }
  }
}

export function parsed<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
