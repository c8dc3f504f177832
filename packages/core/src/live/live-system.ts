import type { ClientProfile } from '../stratum/client-profile.js'
import type { ProfileRule } from '../stratum/profile-rule.js'

/** What the programs of the pool tell operators of themselves, by the keys of `live-feed.ts`. */

export const PROGRAMS = ['primary', 'stratum', 'canary', 'shipper', 'settle', 'web'] as const
export type Program = (typeof PROGRAMS)[number]

/** A process of the pool that runs. */
export interface LiveProgram {
  readonly atMs: number
  readonly program: Program
  /** Of a stratum process the writerId; otherwise empty. */
  readonly name: string
  readonly host: string
  readonly pid: number
  /** Of the pool's programs. */
  readonly version: string
  readonly startedAtMs: number
  /** All that it holds. */
  readonly memoryBytes: number
  /** How late it came to its work since the last report: the delay that 99 % of the looks were below. */
  readonly eventLoopDelayP99Ms: number
  /** One line for a person. */
  readonly doing: string
}

/** A process that has not told of itself for so long is silent; it does so every two seconds. */
export const PROGRAM_SILENT_AFTER_MS = 15_000
/** Then it is forgotten, unless it said that it ends, and was at once. */
export const PROGRAM_GONE_AFTER_MS = 600_000

/** What lies on the disk of a host, as its shipper finds it. */
export interface LiveJournal {
  readonly atMs: number
  /** Of the file system that the journal is on. */
  readonly freeBytes: number
  readonly totalBytes: number
  readonly writers: readonly LiveJournalWriter[]
}

export interface LiveJournalWriter {
  readonly writerId: string
  /** Sealed segments that are there, those that have arrived and are kept for a while included. */
  readonly sealed: number
  readonly sealedBytes: number
  /** Of those, what has not arrived; absent while nobody knows what has. */
  readonly unshipped?: number | undefined
  readonly unshippedBytes?: number | undefined
  /** When the oldest of those was sealed. */
  readonly oldestUnshippedAtMs?: number | undefined
  /** Files that were damaged and set aside. */
  readonly setAside: number
  /** The database refuses its next segment. */
  readonly isHeld: boolean
}

/** The tasks and queues of `settle`. */
export interface LiveTasks {
  readonly atMs: number
  readonly tasks: readonly LiveTask[]
}

export interface LiveTask {
  /** Also the name of its queue. */
  readonly name: string
  /** Absent: it has no schedule, and runs whenever there is something in its queue. */
  readonly everyMs?: number | undefined
  readonly waiting: number
  readonly active: number
  readonly delayed: number
  /** Runs that failed and are remembered. */
  readonly failed: number
  readonly lastRun?: { readonly atMs: number; readonly tookMs: number } | undefined
  readonly nextRunAtMs?: number | undefined
  /** Whether its last run has failed. */
  readonly isFailing: boolean
  /** The newest first. */
  readonly errors: readonly { readonly atMs: number; readonly reason: string }[]
}

/** An operator wants a task to run now. */
export interface TaskWish {
  readonly atMs: number
  readonly by: string
}

/** A wish that nobody took for so long is void: whoever asked has looked elsewhere by then. */
export const TASK_WISH_VOID_AFTER_MS = 60_000

/** The client profiles of a stratum process, and the clients that have them. */
export interface LiveProfiles {
  readonly atMs: number
  /** Whether a file adds to those that are built in. */
  readonly hasFile: boolean
  /** Why the file as it is now cannot be used; those before it are in force. */
  readonly problem?: string | undefined
  /** In the order in which they are tried, the default last. */
  readonly profiles: readonly ClientProfile[]
  /** Of operators, in the order in which they are tried, before the profiles; what is not known is left out. */
  readonly rules?: readonly ProfileRule[] | undefined
  /** Clients that were given each since the process began, by name. */
  readonly hits: Readonly<Record<string, number>>
  /** Sessions that have each now, by the name that it had when they subscribed. */
  readonly sessions: Readonly<Record<string, number>>
  /** Those with most sessions first. */
  readonly clients: readonly LiveClientKind[]
  /** Sessions of clients that are not listed. */
  readonly others: number
}

export interface LiveClientKind {
  readonly userAgent: string
  readonly profile: string
  readonly sessions: number
}

/** The best block of a node. */
export interface LiveNodeTip {
  /** Display order. */
  readonly hash: string
  readonly height: number
  /** Expected hashes of its chain, in decimal. */
  readonly chainwork: string
  readonly sinceMs: number
  /** What told of it first: `rawblock`, `hashblock` (both ZMQ), `longpoll`, `poll` or `submit`. */
  readonly heardBy: string
}

/** What a node says of itself besides, and how fast. Where it does not say, it is absent. */
export interface LiveNodeFacts {
  /** What it calls itself to its peers. */
  readonly version?: string | undefined
  readonly peersIn?: number | undefined
  readonly peersOut?: number | undefined
  /** How long it took to say how its chain is, the last time. */
  readonly latencyMs?: number | undefined
  /** Which of its messages the pool listens to; empty where it only polls. */
  readonly zmq: readonly ('rawblock' | 'hashblock')[]
}

/** The newest jobs, the newest first: what miners were given, and why then. */
export interface LiveWork {
  readonly jobs: readonly LiveJob[]
}

/**
 * `new-tip`: at once, without transactions. `first-template`: the first template of a tip, or after there was no work.
 * `fees`: another that pays enough more. `age`: the one before was due.
 */
export type WorkReason = 'new-tip' | 'first-template' | 'fees' | 'age'

export interface LiveJob {
  readonly jobId: string
  readonly atMs: number
  /** Whose template it is. */
  readonly node: string
  readonly reason: WorkReason
  readonly height: number
  /** Whether miners drop what they had. */
  readonly cleanJobs: boolean
  readonly transactionCount: number
  /** Satoshis in decimal. */
  readonly feesSats: string
  readonly coinbaseValueSats: string
  /** Of the whole block (BIP 141), with the smallest of the coinbases. */
  readonly weight: number
  readonly sizeBytes: number
  /** Without witness: of the smallest coinbase, and of the largest where there are several. */
  readonly coinbaseBytes: number
  readonly largestCoinbaseBytes: number
}
