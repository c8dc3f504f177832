import type { ConnectionEvent, RefusalEvent } from '@headframe/core/live/connection-event'
import { REJECT_REASONS, type RejectReason } from '@headframe/core/share/share'

interface TracedConnection {
  readonly connection: string
  readonly remoteAddress: string
  readonly port: number
}

/** Where steps are told. */
export interface TraceModules {
  readonly log: {
    tellAddress(address: string, event: ConnectionEvent): void
    tellPeer(remoteAddress: string, event: RefusalEvent): void
  }
  readonly nowMs: () => number
}

/** Wrong user names that are told of one connection. */
const MAX_REFUSALS = 3
const MAX_USERNAME_CHARS = 120
const MAX_USER_AGENT_CHARS = 80

/**
 * What has been told of one connection: each step once, to whoever looks at the payout address that it authorized first. And
 * what the console shows of it: a share after the first costs two assignments and a comparison.
 */
export class ConnectionTrace {
  readonly #of: TracedConnection
  readonly #modules: TraceModules
  readonly #connectedAtMs: number
  #address: string | undefined
  #userAgent = ''
  #hasSubscribed = false
  #refusals = 0
  #hasJob = false
  /** A bit a reason. */
  #toldRejects = 0
  #shares = 0
  #rejects = 0
  #lastShareAtMs: number | undefined

  constructor(of: TracedConnection, modules: TraceModules) {
    this.#of = of
    this.#modules = modules
    this.#connectedAtMs = modules.nowMs()
  }

  /** Its name, in events and for the console. */
  get connection(): string {
    return this.#of.connection
  }

  get connectedAtMs(): number {
    return this.#connectedAtMs
  }

  /** Accepted ones. */
  get shares(): number {
    return this.#shares
  }

  get rejects(): number {
    return this.#rejects
  }

  get lastShareAtMs(): number | undefined {
    return this.#lastShareAtMs
  }

  subscribed(userAgent: string): void {
    this.#hasSubscribed = true
    this.#userAgent = userAgent.slice(0, MAX_USER_AGENT_CHARS)
  }

  authorized(address: string, workerName: string): void {
    const { port, connection } = this.#of
    const { log, nowMs } = this.#modules
    this.#address ??= address
    log.tellAddress(address, {
      ...{ connection, atMs: nowMs(), what: 'authorized', port, workerName },
      ...{ connectedAtMs: this.#connectedAtMs, userAgent: this.#userAgent },
    })
  }

  refused(username: string, text: string): void {
    if (this.#refusals++ >= MAX_REFUSALS) return
    this.#tellPeer({ what: 'refused', username: username.slice(0, MAX_USERNAME_CHARS), text })
  }

  job(difficulty: number): void {
    if (this.#hasJob) return
    this.#hasJob = true
    this.#tell({ what: 'job', difficulty })
  }

  share(atMs: number): void {
    this.#lastShareAtMs = atMs
    if (this.#shares++ === 0) this.#tell({ what: 'share' })
  }

  reject(reason: RejectReason): void {
    this.#rejects++
    const bit = 1 << REJECT_REASONS.indexOf(reason)
    if ((this.#toldRejects & bit) !== 0) return
    this.#toldRejects |= bit
    this.#tell({ what: 'reject', reason })
  }

  /** Who moves to the process of his session has not left. */
  left(reason: string): void {
    if (reason === 'moved-home') return
    if (this.#address !== undefined) this.#tell({ what: 'left', reason })
    else this.#tellPeer({ what: 'left', hasSubscribed: this.#hasSubscribed, reason })
  }

  #tell(step: Step): void {
    if (this.#address === undefined) return
    const { log, nowMs } = this.#modules
    log.tellAddress(this.#address, { connection: this.#of.connection, atMs: nowMs(), ...step })
  }

  #tellPeer(step: PeerStep): void {
    const { connection, remoteAddress, port } = this.#of
    const { log, nowMs } = this.#modules
    log.tellPeer(remoteAddress, {
      ...{ connection, atMs: nowMs(), port },
      ...{ connectedAtMs: this.#connectedAtMs, userAgent: this.#userAgent },
      ...step,
    })
  }
}

type Step =
  | { readonly what: 'job'; readonly difficulty: number }
  | { readonly what: 'share' }
  | { readonly what: 'reject'; readonly reason: RejectReason }
  | { readonly what: 'left'; readonly reason: string }

type PeerStep =
  | { readonly what: 'refused'; readonly username: string; readonly text: string }
  | { readonly what: 'left'; readonly hasSubscribed: boolean; readonly reason: string }
