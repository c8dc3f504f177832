import type { RejectReason } from '@headframe/core/share/share'
import { readAddressKey } from './address-key.js'
import {
  AddressRecords,
  CONNECTS,
  FLOODS,
  HANDSHAKES,
  MESSAGES as ADDRESS_MESSAGES,
  RATIO as ADDRESS_RATIO,
  TRANSACTIONS,
} from './address-records.js'
import type { Bans } from './bans.js'
import { Doorkeeper, type Refusal } from './doorkeeper.js'
import type { GuardOptions } from './guard-options.js'
import { MemoryWatch } from './memory-watch.js'
import { MinerMeters, type MinerMeter } from './miner-meters.js'
import { peerLimits, type PeerLimits } from './peer-limits.js'
import {
  ADDRESS,
  IS_NEVER_BANNED,
  MESSAGES,
  PeerRecords,
  REFUSED,
  SUBMITS,
  type PeerId,
} from './peer-records.js'
import { OVER_LIMIT } from './rate-limit.js'
import { Reputation, type Judgement } from './reputation.js'

// For those outside, who see this file alone.
export type { Judgement, MinerMeter, PeerId, Refusal }

/** Beyond `taken` the connection is to be closed. */
export type MessageVerdict = 'taken' | 'too-many-messages' | 'too-many-messages-from-address'
/** `refused`: so many bytes are too many for its address now. */
export type ListVerdict = 'taken' | 'refused'
/** `refused`: to be answered `pool-busy`. `too-many-submits`: it goes on all the same; close the connection. */
export type SubmitVerdict = 'taken' | 'refused' | 'too-many-submits'

export interface PeerGuardModules {
  readonly bans: Bans
  /** Resident memory of this process. */
  readonly memoryBytes: () => number
}

/**
 * Limits and reputation of the connections of one process: the one door to this room. Times are monotonic, in
 * fractional ms, not negative. What is asked for each line allocates nothing.
 */
export class PeerGuard {
  #limits: PeerLimits
  readonly #peers = new PeerRecords()
  readonly #addresses: AddressRecords
  readonly #miners = new MinerMeters()
  readonly #doorkeeper: Doorkeeper
  readonly #reputation: Reputation

  constructor(options: GuardOptions, { bans, memoryBytes }: PeerGuardModules) {
    const limits = peerLimits(options)
    const peers = this.#peers
    const addresses = new AddressRecords((cells, at, nowMs) => isForgotten(this.#limits, cells, at, nowMs))
    const memory = new MemoryWatch(options.maxMemoryBytes, memoryBytes)
    this.#limits = limits
    this.#addresses = addresses
    this.#doorkeeper = new Doorkeeper(options, { bans, limits, memory, peers, addresses })
    this.#reputation = new Reputation(options, { bans, limits, peers, addresses })
  }

  /** Other limits from now on. What was counted stays, and so do connections that are above a limit now. */
  follow(options: GuardOptions): void {
    this.#limits = peerLimits(options)
    this.#doorkeeper.follow(options, this.#limits)
    this.#reputation.follow(options, this.#limits)
  }

  /** Those this process has let in. */
  get connectionCount(): number {
    return this.#peers.connections
  }

  /** A new connection: its id (a number), or why it is not taken. `remoteAddress` as the socket or a proxy gives it. */
  admit(remoteAddress: string, nowMs: number): PeerId | Refusal {
    return this.#doorkeeper.admit(remoteAddress, nowMs)
  }

  /** A connection that another process has let in and hands over. It stays counted there until it closes. */
  admitGuest(remoteAddress: string, nowMs: number): PeerId | 'banned' {
    return this.#doorkeeper.admitGuest(remoteAddress, nowMs)
  }

  /** The connection has closed. To be called once for each that was admitted; its id is given out again. */
  leave(peer: PeerId): void {
    this.#reputation.leave(peer)
    this.#doorkeeper.leave(peer)
  }

  /** A line has arrived, whatever it says. */
  onMessage(peer: PeerId, nowMs: number): MessageVerdict {
    const { cells } = this.#peers
    const own = this.#limits.messages.take(cells[peer + MESSAGES]!, nowMs)
    if (own === OVER_LIMIT) return 'too-many-messages'
    const at = cells[peer + ADDRESS]! + ADDRESS_MESSAGES
    const addresses = this.#addresses.cells
    const shared = this.#limits.messagesOfAddress.take(addresses[at]!, nowMs)
    if (shared === OVER_LIMIT) return 'too-many-messages-from-address'
    cells[peer + MESSAGES] = own
    addresses[at] = shared
    return 'taken'
  }

  /** It asks for the transactions of a job, which are so many bytes: a line of its makes some megabytes of ours. */
  onTransactionList(peer: PeerId, bytes: number, nowMs: number): ListVerdict {
    const at = this.#peers.cells[peer + ADDRESS]! + TRANSACTIONS
    const { cells } = this.#addresses
    const next = this.#limits.transactionsOfAddress.take(cells[at]!, nowMs, bytes)
    if (next === OVER_LIMIT) return 'refused'
    cells[at] = next
    return 'taken'
  }

  /** What `onSubmit` wants to know of a payout address: to be asked once for each worker, when it is authorized. */
  meterOf(payoutAddress: string, nowMs: number): MinerMeter {
    return this.#miners.of(payoutAddress, nowMs)
  }

  /** A submission has arrived and is not judged yet. */
  onSubmit(peer: PeerId, miner: MinerMeter, nowMs: number): SubmitVerdict {
    const { cells } = this.#peers
    const { submits, submitsOfMiner, maxRefusedSubmits } = this.#limits
    const own = submits.take(cells[peer + SUBMITS]!, nowMs)
    if (own === OVER_LIMIT)
      return ++cells[peer + REFUSED]! > maxRefusedSubmits ? 'too-many-submits' : 'refused'
    const shared = submitsOfMiner.take(miner.submitsFullAtMs, nowMs)
    if (shared === OVER_LIMIT) return 'refused'
    cells[peer + SUBMITS] = own
    miner.submitsFullAtMs = shared
    if (cells[peer + REFUSED]! > 0 && submits.isCalm(own, nowMs)) cells[peer + REFUSED] = 0
    return 'taken'
  }

  /** A submission was accepted (no reason) or rejected. A malformed line counts as one rejected as `malformed`. */
  onVerdict(peer: PeerId, reason: RejectReason | undefined, nowMs: number): Judgement {
    return this.#reputation.judge(peer, reason, nowMs)
  }

  /** The connection has ended, by us or its peer, before it had a worker. To be called before `leave`. */
  onFailedHandshake(peer: PeerId, nowMs: number): void {
    this.#reputation.countFailedHandshake(peer, nowMs)
  }

  /** The connection was closed because it sent what no miner sends. To be called before `leave`. */
  onFlood(peer: PeerId, nowMs: number): void {
    this.#reputation.countFlood(peer, nowMs)
  }

  /**
   * For closing those who are connected when an address (as in a ban) is banned: tells whether a connection is one of
   * them. Undefined when nobody is.
   */
  findConnected(address: string): ((peer: PeerId) => boolean) | undefined {
    const key = readAddressKey(address)
    const place = key === undefined ? undefined : this.#addresses.find(key)
    if (place === undefined || !this.#addresses.isInUse(place)) return undefined
    return (peer) => {
      const { cells } = this.#peers
      return cells[peer + ADDRESS] === place && cells[peer + IS_NEVER_BANNED] === 0
    }
  }
}

/** Whether the record of an address says no more than a fresh one. */
function isForgotten(limits: PeerLimits, cells: Float64Array, at: number, nowMs: number): boolean {
  return (
    cells[at + CONNECTS]! <= nowMs &&
    cells[at + ADDRESS_MESSAGES]! <= nowMs &&
    cells[at + HANDSHAKES]! <= nowMs &&
    cells[at + FLOODS]! <= nowMs &&
    cells[at + TRANSACTIONS]! <= nowMs &&
    limits.ratio.isForgotten(cells, at + ADDRESS_RATIO, nowMs)
  )
}
