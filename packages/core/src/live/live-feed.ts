import type { Network } from '../chain/network.js'
import type { LiveNodeFacts, LiveNodeTip } from './live-system.js'

/**
 * The live feed: what the engine publishes to Redis and the dashboard reads. All of it may be lost at any moment;
 * nothing that is paid depends on it. Values are JSON of the types below.
 */
export interface LiveKeys {
  /** Hash: writerId -> LiveProcess. */
  readonly processes: string
  /** String: LiveNode; expires when it is not renewed. */
  readonly node: string
  /** String: LiveSelfCheck, the newest; expires when there was none for long. */
  readonly selfCheck: string
  /** String: LiveCanary; expires when it is not renewed. */
  readonly canary: string
  /** String: LiveTips; expires when there was no new tip for long. */
  readonly tips: string
  /** String: LiveWork, the newest jobs; expires when nobody renews it. */
  readonly work: string
  /** Hash: `<program>/<host>/<pid>` -> LiveProgram. */
  readonly programs: string
  /** Hash: host -> LiveJournal. */
  readonly journals: string
  /** Hash: writerId -> LiveProfiles. */
  readonly profiles: string
  /** String: LiveTasks, as settle told of them last. */
  readonly tasks: string
  /** Hash: task -> TaskWish; settle takes away what it takes up. */
  readonly taskWishes: string
  /** Pub/sub channel of LiveEvent. */
  readonly events: string
  /** Hash: `<writerId>/<workerName>` -> LiveWorker. */
  readonly miner: (address: string) => string
  /** List of ConnectionEvent, the newest first: what connections of a payout address did; it expires. */
  readonly connections: (address: string) => string
  /** List of RefusalEvent, the newest first: what became of connections of a peer that got no work; it expires. */
  readonly refusals: (peer: string) => string
  /** Hash: address -> LiveBan. */
  readonly bans: string
  /** String: another with every change of `bans`, so that it is read only then. */
  readonly bansVersion: string
  /** Pub/sub channel of SessionQuestion, to every stratum process. */
  readonly questions: string
  /** List of SessionAnswer to the question of that id, one a process; it expires. */
  readonly answers: (id: string) => string
}

export function liveKeys(network: Network): LiveKeys {
  const prefix = `headframe:${network}:live:`
  return {
    processes: `${prefix}processes`,
    node: `${prefix}node`,
    selfCheck: `${prefix}self-check`,
    canary: `${prefix}canary`,
    tips: `${prefix}tips`,
    work: `${prefix}work`,
    programs: `${prefix}programs`,
    journals: `${prefix}journals`,
    profiles: `${prefix}profiles`,
    tasks: `${prefix}tasks`,
    taskWishes: `${prefix}task-wishes`,
    events: `${prefix}events`,
    miner: (address) => `${prefix}miner:${address}`,
    connections: (address) => `${prefix}connections:${address}`,
    refusals: (peer) => `${prefix}refusals:${peer}`,
    bans: `${prefix}bans`,
    bansVersion: `${prefix}bans:version`,
    questions: `${prefix}questions`,
    answers: (id) => `${prefix}answers:${id}`,
  }
}

/** An entry of a process or worker that is older than this is of somebody who is gone. */
export const LIVE_ENTRY_MAX_AGE_MS = 120_000

export interface LiveProcess {
  readonly atMs: number
  readonly connections: number
  /** Authorized workers. */
  readonly workers: number
  /** Of the settings that were changed at run time, the change it has taken last; 0: none. */
  readonly settingsVersion?: number | undefined
  /** How late the process came to its work in the second before `atMs`: the delay that 99 % of the looks were below. */
  readonly eventLoopDelayP99Ms: number
  /** When it took its last share; absent before the first. */
  readonly lastShareAtMs?: number | undefined
  /** Number in its journal of the next share, in decimal: all before it were accepted. */
  readonly nextShareSeq?: string | undefined
  /** Since the process began: shares that came just after a new tip and were credited. */
  readonly lateSharesCredited: number
  /** Since the process began: clients by the name of the profile they were given. */
  readonly profileHits: Readonly<Record<string, number>>
}

export interface LiveWorker {
  readonly atMs: number
  readonly connections: number
  /** Since when at least one of them was there. */
  readonly connectedAtMs: number
  readonly difficulty: number
  readonly lastShareAtMs?: number | undefined
  readonly userAgent: string
}

/**
 * `ok`: it can be worked with. `syncing`: it is catching up with the chain. `lagging`: others have a better tip.
 * `failing`: it answers, and gives no template. `away`: it does not answer. `other-chain`: it is on another network.
 * `unknown-rule`: its network has a rule that this pool does not know; nothing is mined then.
 */
export const NODE_STATES = [
  'ok',
  'syncing',
  'lagging',
  'failing',
  'away',
  'other-chain',
  'unknown-rule',
] as const
export type NodeState = (typeof NODE_STATES)[number]

/** How a node stands, for the log and the page. */
export interface NodeStatus {
  readonly state: NodeState
  /** One sentence for a person; empty when all is well. */
  readonly message: string
  readonly height?: number | undefined
  readonly networkDifficulty?: number | undefined
  /** When this state began. */
  readonly sinceMs: number
}

/** One of the pool's nodes. */
export interface LiveNodeEntry extends NodeStatus {
  readonly name: string
  /** Fees of its newest template on the best tip, satoshis in decimal, and how old it is; absent when it has none. */
  readonly templateFeesSats?: string | undefined
  readonly templateAgeMs?: number | undefined
  /** Whether miners work on its template. */
  readonly isChosen: boolean
  /** Its last word of its chain; absent before the first. */
  readonly tip?: LiveNodeTip | undefined
  readonly facts?: LiveNodeFacts | undefined
}

/**
 * Whom blocks of direct ports pay: the miners of a window that was read so long ago, or the pool alone, and why. Absent
 * without such a port.
 */
export type LiveDirect =
  | { readonly state: 'paying'; readonly minerCount: number; readonly ageMs: number }
  | { readonly state: 'custodial'; readonly message: string }

/** How the pool stands with its nodes: well when one of them is; otherwise as the one that comes nearest to it. */
export interface LiveNode extends NodeStatus {
  readonly atMs: number
  /** Age of the work miners have; absent when they have none. */
  readonly jobAgeMs?: number | undefined
  /** In the order of the setting. */
  readonly nodes: readonly LiveNodeEntry[]
  readonly direct?: LiveDirect | undefined
  /** Absent while it is not known, and on networks whose difficulty never changes. */
  readonly period?: LivePeriod | undefined
}

/** The difficulty period that the tip is in. */
export interface LivePeriod {
  readonly startHeight: number
  /** The block at this height has the next difficulty. */
  readonly endHeight: number
  /** Times in the headers of its first block and of the tip, seconds. */
  readonly startNtime: number
  readonly tipNtime: number
  readonly tipHeight: number
}

/** How fast miners were brought to the newest tips, the newest first. */
export interface LiveTips {
  readonly tips: readonly LiveTip[]
}

/** Durations are from the first sign of the tip, by the clock of the primary, and say "at the latest". */
export interface LiveTip {
  readonly height: number
  readonly atMs: number
  /** What told of it first. */
  readonly source: string
  /** Until every stratum process was told of the first job; absent while there is none. */
  readonly jobMs?: number | undefined
  /** Until the first miner was sent that job, and the last: so long somebody was on old work. */
  readonly firstNotifyMs?: number | undefined
  readonly lastNotifyMs?: number | undefined
  /** Miners who were sent it together. */
  readonly minerCount: number
}

/** Whether the node would take the pool's block of a template, asked before anybody has found one (BIP 23). */
export interface LiveSelfCheck {
  readonly atMs: number
  readonly jobId: string
  readonly height: number
  readonly node: string
  readonly results: readonly CheckedVariant[]
}

export interface CheckedVariant {
  /** Which of the coinbases: `pool` pays the pool, `solo` a miner. */
  readonly variant: string
  /** Null: it would. Otherwise the node's reason, or `away: REASON` when it did not look. */
  readonly result: string | null
}

/** What a miner of the pool's own has seen on each port. */
export interface LiveCanary {
  readonly atMs: number
  readonly ports: readonly LiveCanaryPort[]
}

export interface LiveCanaryPort {
  readonly port: number
  /** Of the last job that was looked at; absent before the first. */
  readonly jobId?: string | undefined
  readonly height?: number | undefined
  readonly lastJobAtMs?: number | undefined
  /** What is wrong now, in words for a person; empty when all is well. */
  readonly problems: readonly string[]
}

/**
 * An address that is not let in. Of two entries for one address the one with the later `sinceMs` holds; one whose time
 * is over stays for a while, because who is banned again is banned for longer. A ban is lifted by an entry that ends
 * when it begins.
 */
export interface LiveBan {
  /** IPv4 address, or the /64 of an IPv6 address as `2001:db8:0:1::/64`. */
  readonly address: string
  /** For a person. */
  readonly reason: string
  readonly sinceMs: number
  readonly untilMs: number
  /** Bans in a row, this one included; 0 after one was lifted. */
  readonly offences: number
  /** Who has decided: a writerId, `command`, or an operator as `console: ada`. */
  readonly by: string
}

export type LiveEvent =
  | { readonly type: 'shares'; readonly atMs: number; readonly count: number }
  | { readonly type: 'tip'; readonly atMs: number; readonly height: number }
  | { readonly type: 'block'; readonly atMs: number; readonly hash: string }
  | { readonly type: 'node'; readonly atMs: number; readonly state: NodeState }
  /** Something has happened to payouts. */
  | { readonly type: 'payout'; readonly atMs: number }
  /** Something that the pool has found out about itself. */
  | { readonly type: 'check'; readonly atMs: number }
