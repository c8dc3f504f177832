import type { Network } from '@headframe/core/chain/network'
import type { AbuseKind } from './abusers.js'
import type { AnswerCounts } from './tally.js'

export interface OpenOrder {
  readonly host: string
  readonly port: number
  readonly localAddress: string
  /** Workers are `<address>.rig<number>`, from `firstNumber`. */
  readonly address: string
  /** Instead of `address`, each miner has one of its own on this network. */
  readonly ownAddressesOn?: Network
  readonly firstNumber: number
  readonly count: number
  /** Logins under way at once. */
  readonly maxConnecting: number
  readonly isMining: boolean
}

export interface Opened {
  /** When the first connected and when the last had its first job, on `monotonicMs`. */
  readonly startedAtMs: number
  readonly readyAtMs: number
  /** Connections that were lost on the way, and tried again. */
  readonly retries: number
}

export interface SubmitOrder {
  /** Shares of each miner. */
  readonly count: number
  /** Unanswered shares of each miner at most. */
  readonly window: number
}

export interface Submitted extends AnswerCounts {
  /** Of the load process, user and system, ms. */
  readonly cpuMs: number
  readonly startedAtMs: number
  readonly endedAtMs: number
}

export interface PaceOrder {
  /** Between two shares of one miner; the miners take turns. */
  readonly intervalMs: number
}

export interface Paced extends AnswerCounts {
  /** Shares that were due when too many others were unanswered, or none was left. */
  readonly skipped: number
  readonly unanswered: number
}

export interface AbuseOrder {
  readonly kind: AbuseKind
  readonly host: string
  readonly port: number
  /** A payout address that they may claim. */
  readonly address: string
  /** Abusers come from all of them in turn. */
  readonly localAddresses: readonly string[]
  readonly count: number
}

export interface Abused {
  /** Connections that came about. */
  readonly opened: number
  readonly bytesSent: number
}

/** What a load process can be told to do, and what it says when it is done. */
export interface Orders {
  readonly open: { readonly takes: OpenOrder; readonly gives: Opened }
  /** Mines so many shares for each miner. */
  readonly mine: { readonly takes: { readonly count: number }; readonly gives: undefined }
  readonly submit: { readonly takes: SubmitOrder; readonly gives: Submitted }
  readonly 'start-pace': { readonly takes: PaceOrder; readonly gives: undefined }
  readonly 'stop-pace': { readonly takes: undefined; readonly gives: Paced }
  /** From here on the arrival of the next job that replaces all others is noted. */
  readonly 'watch-job': { readonly takes: undefined; readonly gives: undefined }
  /** When each miner got it, on `monotonicMs`, once all have. */
  readonly 'job-arrivals': { readonly takes: undefined; readonly gives: Float64Array }
  /** Miners that were ready, and have lost their connection since. */
  readonly 'count-lost': { readonly takes: undefined; readonly gives: number }
  readonly close: { readonly takes: undefined; readonly gives: undefined }
  readonly 'start-abuse': { readonly takes: AbuseOrder; readonly gives: undefined }
  readonly 'stop-abuse': { readonly takes: undefined; readonly gives: Abused }
}

export type OrderName = keyof Orders

/** Parent to load process. */
export interface OrderMessage {
  readonly number: number
  readonly name: OrderName
  readonly takes: unknown
}

/** Load process to parent. */
export interface DoneMessage {
  readonly number: number
  readonly gives?: unknown
  readonly problem?: string
}
