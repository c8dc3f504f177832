import type { Network } from '@headframe/core/chain/network'
import { liveKeys } from '@headframe/core/live/live-feed'
import { PROGRAM_GONE_AFTER_MS } from '@headframe/core/live/live-system'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { nodeEntry, nodeReport } from '../schema/live'
import {
  clientKind,
  clientProfile,
  jobDetails,
  nodeFacts,
  nodeTip,
  profileRule,
  programReport,
  taskReport,
} from '../schema/system'
import { freshEntries, parsed, reading, type LiveReading } from './read-live'

/** JSON has no bigint. */
const BIG_AS_TEXT = z
  .string()
  .regex(/^\d{1,80}$/)
  .transform(BigInt)
const NODES = nodeReport.extend({
  nodes: z
    .array(
      nodeEntry.extend({
        templateFeesSats: BIG_AS_TEXT.optional(),
        tip: nodeTip.extend({ chainwork: BIG_AS_TEXT }).optional(),
        facts: nodeFacts.optional(),
      }),
    )
    .readonly(),
})
const JOB = jobDetails.extend({ feesSats: BIG_AS_TEXT, coinbaseValueSats: BIG_AS_TEXT })
const WORK = z.object({ jobs: z.array(JOB).readonly() })

export type NodeDetails = z.output<typeof NODES>
export type WorkReport = z.output<typeof WORK>

/** The nodes with all that serve says of them. */
export const readNodeDetails = (redis: Redis, network: Network): Promise<LiveReading<NodeDetails>> =>
  readOne(redis, liveKeys(network).node, NODES)

/** The newest jobs. */
export const readWork = (redis: Redis, network: Network): Promise<LiveReading<WorkReport>> =>
  readOne(redis, liveKeys(network).work, WORK)

const STRATUM = z.object({
  atMs: z.number(),
  connections: z.number(),
  workers: z.number(),
  nextShareSeq: BIG_AS_TEXT.optional(),
})
const JOURNAL_WRITER = z.object({
  writerId: z.string(),
  sealed: z.number(),
  sealedBytes: z.number(),
  unshipped: z.number().optional(),
  unshippedBytes: z.number().optional(),
  oldestUnshippedAtMs: z.number().optional(),
  setAside: z.number(),
  isHeld: z.boolean(),
})
const JOURNAL = z.object({
  atMs: z.number(),
  freeBytes: z.number(),
  totalBytes: z.number(),
  writers: z.array(JOURNAL_WRITER).readonly(),
})
const TASKS = z.object({ atMs: z.number(), tasks: z.array(taskReport).readonly() })

const PROFILES = z.object({
  atMs: z.number(),
  hasFile: z.boolean(),
  problem: z.string().optional(),
  profiles: z.array(clientProfile).readonly(),
  // A version without rules tells none.
  rules: z.array(profileRule).readonly().default([]),
  hits: z.record(z.string(), z.number()),
  sessions: z.record(z.string(), z.number()),
  clients: z.array(clientKind).readonly(),
  others: z.number(),
})

export type ProfilesReport = z.output<typeof PROFILES>
export type ProgramReport = z.output<typeof programReport>
export type StratumReport = z.output<typeof STRATUM>
export type JournalReport = z.output<typeof JOURNAL>
export type TasksReport = z.output<typeof TASKS>

/** Every process that told of itself lately, and those that have gone silent. */
export const readPrograms = (
  redis: Redis,
  network: Network,
  nowMs: number,
): Promise<LiveReading<readonly ProgramReport[]>> =>
  reading(async () => {
    const entries = await freshEntries(
      redis,
      liveKeys(network).programs,
      programReport,
      nowMs,
      PROGRAM_GONE_AFTER_MS,
    )
    return entries.length === 0 ? undefined : entries.map(([, report]) => report)
  })

/** Stratum processes by the writer of their journal. */
export const readStratum = (
  redis: Redis,
  network: Network,
  nowMs: number,
): Promise<LiveReading<ReadonlyMap<string, StratumReport>>> =>
  reading(async () => {
    const entries = await freshEntries(redis, liveKeys(network).processes, STRATUM, nowMs)
    return entries.length === 0 ? undefined : new Map(entries)
  })

/** What lies on the disks, by host. */
export const readJournals = (
  redis: Redis,
  network: Network,
  nowMs: number,
): Promise<LiveReading<ReadonlyMap<string, JournalReport>>> =>
  reading(async () => {
    const entries = await freshEntries(redis, liveKeys(network).journals, JOURNAL, nowMs)
    return entries.length === 0 ? undefined : new Map(entries)
  })

/** Client profiles as each stratum process has them. */
export const readProfiles = (
  redis: Redis,
  network: Network,
  nowMs: number,
): Promise<LiveReading<readonly ProfilesReport[]>> =>
  reading(async () => {
    const entries = await freshEntries(redis, liveKeys(network).profiles, PROFILES, nowMs)
    return entries.length === 0 ? undefined : entries.map(([, report]) => report)
  })

/** The tasks of settle, as it told of them last; it may be silent since. */
export const readTasks = (redis: Redis, network: Network): Promise<LiveReading<TasksReport>> =>
  readOne(redis, liveKeys(network).tasks, TASKS)

function readOne<T>(redis: Redis, key: string, schema: z.ZodType<T>): Promise<LiveReading<T>> {
  return reading(async () => {
    const text = await redis.get(key)
    return text === null ? undefined : parsed(schema, text)
  })
}
