import type { RejectReason } from '@headframe/core/share/share'
import { formatAddressKey } from './address-key.js'
import {
  FLOODS,
  GOOD_PEERS,
  HANDSHAKES,
  RATIO as ADDRESS_RATIO,
  type AddressRecords,
} from './address-records.js'
import type { Bans } from './bans.js'
import { isBlamed } from './blame.js'
import type { GuardOptions } from './guard-options.js'
import type { PeerLimits } from './peer-limits.js'
import {
  ADDRESS,
  FRUITLESS,
  IS_GOOD,
  IS_NEVER_BANNED,
  RATIO,
  type PeerId,
  type PeerRecords,
} from './peer-records.js'
import { OVER_LIMIT, type RateLimit } from './rate-limit.js'
import { isEnough } from './reject-ratio.js'

/** `too-many-rejects`: close this connection. `banned`: its address is banned now, close all of it. */
export type Judgement = 'kept' | 'too-many-rejects' | 'banned'

export interface ReputationModules {
  readonly bans: Bans
  readonly limits: PeerLimits
  readonly peers: PeerRecords
  readonly addresses: AddressRecords
}

/**
 * With each connection in good standing an address is forgiven so many times what a stranger is banned for: one bad
 * rig is closed again and again, and costs the others behind its router nothing.
 */
const PARDONS_PER_GOOD_PEER = 10

/**
 * Rejects, of whatever kind that is not ours, after which a connection that never had a share accepted is no miner. One
 * that comes back with what it found on jobs that are gone stays far below.
 */
export const MAX_FRUITLESS_SUBMISSIONS = 1_000

/** Reject ratios of connections and of their addresses, and what follows from them. */
export class Reputation {
  #options: GuardOptions
  #limits: PeerLimits
  readonly #modules: ReputationModules

  constructor(options: GuardOptions, modules: ReputationModules) {
    this.#options = options
    this.#limits = modules.limits
    this.#modules = modules
  }

  follow(options: GuardOptions, limits: PeerLimits): void {
    this.#options = options
    this.#limits = limits
  }

  /** A submission of the connection was accepted (no reason) or rejected. */
  judge(peer: PeerId, reason: RejectReason | undefined, nowMs: number): Judgement {
    const isAccepted = reason === undefined
    const { peers, addresses } = this.#modules
    const { cells } = peers
    if (isAccepted) cells[peer + FRUITLESS] = -Infinity
    else if (reason !== 'pool-busy') cells[peer + FRUITLESS]!++
    const isFruitless = cells[peer + FRUITLESS]! >= MAX_FRUITLESS_SUBMISSIONS
    if (!isAccepted && !isBlamed(reason)) return isFruitless ? 'too-many-rejects' : 'kept'
    const address = cells[peer + ADDRESS]!
    this.#limits.ratio.count(cells, peer + RATIO, isAccepted, nowMs)
    this.#limits.ratio.count(addresses.cells, address + ADDRESS_RATIO, isAccepted, nowMs)
    this.#setGood(peer, this.#limits.ratio.isBelow(cells, peer + RATIO))
    if (isAccepted) return 'kept'
    if (this.#mayBan(peer) && this.#isAddressBad(address)) {
      this.#ban(address, 'too many rejected submissions')
      return 'banned'
    }
    return isFruitless || this.#limits.ratio.isBad(cells, peer + RATIO) ? 'too-many-rejects' : 'kept'
  }

  /** The connection has ended without a worker. */
  countFailedHandshake(peer: PeerId, nowMs: number): void {
    this.#countAgainst(peer, HANDSHAKES, this.#limits.handshakes, nowMs, 'connections that never authorize')
  }

  /** The connection was closed for what it poured out. */
  countFlood(peer: PeerId, nowMs: number): void {
    this.#countAgainst(peer, FLOODS, this.#limits.floods, nowMs, 'floods of messages that no miner sends')
  }

  /** To be called while its record is there. */
  leave(peer: PeerId): void {
    this.#setGood(peer, false)
  }

  /** Those behind the router of a good peer are not held to it. */
  #countAgainst(peer: PeerId, bucket: number, limit: RateLimit, nowMs: number, reason: string): void {
    const { peers, addresses } = this.#modules
    const { cells } = addresses
    const address = peers.cells[peer + ADDRESS]!
    if (!this.#mayBan(peer) || cells[address + GOOD_PEERS]! > 0) return
    const next = limit.take(cells[address + bucket]!, nowMs)
    if (next === OVER_LIMIT) this.#ban(address, reason)
    else cells[address + bucket] = next
  }

  #mayBan(peer: PeerId): boolean {
    return this.#options.banMs > 0 && this.#modules.peers.cells[peer + IS_NEVER_BANNED] === 0
  }

  #setGood(peer: PeerId, isGood: boolean): void {
    const { peers, addresses } = this.#modules
    const { cells } = peers
    const change = (isGood ? 1 : 0) - cells[peer + IS_GOOD]!
    if (change === 0) return
    cells[peer + IS_GOOD]! += change
    addresses.cells[cells[peer + ADDRESS]! + GOOD_PEERS]! += change
  }

  #isAddressBad(address: number): boolean {
    const { addresses } = this.#modules
    const { cells } = addresses
    if (!this.#limits.ratio.isBad(cells, address + ADDRESS_RATIO)) return false
    const pardons = cells[address + GOOD_PEERS]! * PARDONS_PER_GOOD_PEER
    // Of a stranger the number that makes any ratio bad is enough, accepted ones among them.
    if (pardons === 0) return true
    const enough = this.#options.rejectRatio.minSubmissions * (1 + pardons)
    return isEnough(this.#limits.ratio.rejected(cells, address + ADDRESS_RATIO), enough)
  }

  #ban(address: number, reason: string): void {
    const { addresses, bans } = this.#modules
    this.#limits.ratio.forget(addresses.cells, address + ADDRESS_RATIO)
    addresses.cells[address + HANDSHAKES] = 0
    addresses.cells[address + FLOODS] = 0
    bans.ban(formatAddressKey(addresses.keyAt(address)), reason)
  }
}
