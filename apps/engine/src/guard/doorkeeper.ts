import { isListed } from '../address-list.js'
import { addressKeyOf, formatAddressKey, type AddressKey } from './address-key.js'
import { CONNECTIONS, CONNECTS, type AddressRecords } from './address-records.js'
import type { Bans } from './bans.js'
import type { GuardOptions } from './guard-options.js'
import type { MemoryWatch } from './memory-watch.js'
import type { PeerLimits } from './peer-limits.js'
import { ADDRESS, IS_GUEST, type PeerId, type PeerRecords } from './peer-records.js'
import { OVER_LIMIT } from './rate-limit.js'

/** Why a connection is not taken. */
export type Refusal =
  | 'banned'
  | 'out-of-memory'
  | 'too-many-connections'
  | 'too-many-from-address'
  | 'too-many-from-subnet'
  | 'connecting-too-often'

export interface DoorkeeperModules {
  readonly bans: Bans
  readonly limits: PeerLimits
  readonly memory: MemoryWatch
  readonly peers: PeerRecords
  readonly addresses: AddressRecords
}

/** Lets connections in, and counts them by address and by subnet. */
export class Doorkeeper {
  #options: GuardOptions
  #limits: PeerLimits
  readonly #modules: DoorkeeperModules

  constructor(options: GuardOptions, modules: DoorkeeperModules) {
    this.#options = options
    this.#limits = modules.limits
    this.#modules = modules
  }

  follow(options: GuardOptions, limits: PeerLimits): void {
    this.#options = options
    this.#limits = limits
  }

  /** The connection's id, or why it is not taken; a refusal uses up nothing. */
  admit(remoteAddress: string, nowMs: number): PeerId | Refusal {
    const { memory, peers, addresses } = this.#modules
    const key = addressKeyOf(remoteAddress)
    const isNeverBanned = isListed(this.#options.neverBan, remoteAddress)
    if (!isNeverBanned && this.#isBanned(key)) return 'banned'
    if (memory.isOver(nowMs)) return 'out-of-memory'
    if (peers.connections >= this.#options.maxConnections) return 'too-many-connections'
    const address = addresses.place(key, nowMs)
    const refusal = this.#enter(key, address, nowMs)
    return refusal ?? peers.open(address, isNeverBanned, false)
  }

  /** A connection that another process has let in: it is counted there, so that no limit counts it twice. */
  admitGuest(remoteAddress: string, nowMs: number): PeerId | 'banned' {
    const { peers, addresses } = this.#modules
    const key = addressKeyOf(remoteAddress)
    const isNeverBanned = isListed(this.#options.neverBan, remoteAddress)
    if (!isNeverBanned && this.#isBanned(key)) return 'banned'
    const address = addresses.place(key, nowMs)
    addresses.joinAsGuest(address)
    return peers.open(address, isNeverBanned, true)
  }

  /** The connection has closed. */
  leave(peer: PeerId): void {
    const { peers, addresses } = this.#modules
    const address = peers.cells[peer + ADDRESS]!
    if (peers.cells[peer + IS_GUEST] === 1) addresses.leaveAsGuest(address)
    else addresses.leave(address)
    peers.close(peer)
  }

  #isBanned(key: AddressKey): boolean {
    return this.#modules.bans.isBanned(formatAddressKey(key))
  }

  #enter(key: AddressKey, address: number, nowMs: number): Refusal | undefined {
    const { addresses } = this.#modules
    const { maxConnectionsPerAddress, maxConnectionsPerSubnet } = this.#options
    const { cells } = addresses
    if (cells[address + CONNECTIONS]! >= maxConnectionsPerAddress) return 'too-many-from-address'
    if (addresses.connectionsOfSubnet(key) >= maxConnectionsPerSubnet) return 'too-many-from-subnet'
    const next = this.#limits.connects.take(cells[address + CONNECTS]!, nowMs)
    if (next === OVER_LIMIT) return 'connecting-too-often'
    cells[address + CONNECTS] = next
    addresses.join(address)
    return undefined
  }
}
