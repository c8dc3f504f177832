import { subnetKeyOf, type AddressKey } from './address-key.js'
import { NumberRecords } from './number-records.js'
import { RATIO_WIDTH } from './reject-ratio.js'

/** What stands where in the record of an address. */
export const CONNECTIONS = 0
/** Connections that another process has let in and counts. */
const GUESTS = 1
/** Its connections in good standing: with accepted shares, and fewer rejects than are bad. */
export const GOOD_PEERS = 2
/** Buckets, see RateLimit. */
export const CONNECTS = 3
export const MESSAGES = 4
export const HANDSHAKES = 5
export const FLOODS = 6
export const TRANSACTIONS = 7
export const RATIO = 8
const WIDTH = RATIO + RATIO_WIDTH

/** Addresses remembered with no regard to age; beyond it those that are not connected are forgotten. */
export const MAX_ADDRESSES = 131_072
const FIRST_SWEEP = 1_024

/** The record of each address that is connected or was lately, and the number of connections of each subnet. */
export class AddressRecords {
  readonly #records = new NumberRecords(WIDTH)
  readonly #places = new Map<AddressKey, number>()
  readonly #subnets = new Map<AddressKey, number>()
  /** By number of the record. */
  readonly #keys: AddressKey[] = []
  readonly #isForgotten: (cells: Float64Array, at: number, nowMs: number) => boolean
  #sweepAbove = FIRST_SWEEP

  /** `isForgotten`: whether a record, its connections aside, says no more than a fresh one. */
  constructor(isForgotten: (cells: Float64Array, at: number, nowMs: number) => boolean) {
    this.#isForgotten = isForgotten
  }

  /** Of the record at place p, `cells[p + CONNECTIONS]` and so on. Read anew at each call. */
  get cells(): Float64Array {
    return this.#records.cells
  }

  get size(): number {
    return this.#places.size
  }

  /** The place of a known address. */
  find(key: AddressKey): number | undefined {
    return this.#places.get(key)
  }

  keyAt(place: number): AddressKey {
    return this.#keys[place / WIDTH]!
  }

  /** The place of the address; it keeps it while it is connected. */
  place(key: AddressKey, nowMs: number): number {
    const known = this.#places.get(key)
    if (known !== undefined) return known
    if (this.#places.size >= this.#sweepAbove) this.#sweep(nowMs)
    const place = this.#records.take()
    this.#places.set(key, place)
    this.#keys[place / WIDTH] = key
    return place
  }

  connectionsOfSubnet(key: AddressKey): number {
    return this.#subnets.get(subnetKeyOf(key)) ?? 0
  }

  /** Whether somebody is connected from there. */
  isInUse(place: number): boolean {
    return this.cells[place + CONNECTIONS]! + this.cells[place + GUESTS]! > 0
  }

  join(place: number): void {
    this.cells[place + CONNECTIONS]!++
    const subnet = subnetKeyOf(this.keyAt(place))
    this.#subnets.set(subnet, (this.#subnets.get(subnet) ?? 0) + 1)
  }

  leave(place: number): void {
    this.cells[place + CONNECTIONS]!--
    const subnet = subnetKeyOf(this.keyAt(place))
    const connections = this.#subnets.get(subnet)! - 1
    if (connections === 0) this.#subnets.delete(subnet)
    else this.#subnets.set(subnet, connections)
  }

  joinAsGuest(place: number): void {
    this.cells[place + GUESTS]!++
  }

  leaveAsGuest(place: number): void {
    this.cells[place + GUESTS]!--
  }

  /** Whenever the number has doubled, so that it costs little at each address. */
  #sweep(nowMs: number): void {
    const isFull = this.#places.size >= MAX_ADDRESSES
    this.#free((place) => this.#isForgotten(this.cells, place, nowMs))
    if (isFull && this.#places.size >= MAX_ADDRESSES / 2) this.#free(() => true)
    this.#sweepAbove = Math.max(FIRST_SWEEP, Math.min(this.#places.size * 2, MAX_ADDRESSES))
  }

  /** Forgets those that are not connected and meet the condition. */
  #free(mayForget: (place: number) => boolean): void {
    for (const [key, place] of this.#places) {
      if (this.isInUse(place) || !mayForget(place)) continue
      this.#places.delete(key)
      this.#records.free(place)
    }
  }
}
