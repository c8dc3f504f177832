import { NumberRecords } from './number-records.js'
import { RATIO_WIDTH } from './reject-ratio.js'

/** One admitted connection, from `admit` to `leave`: where its record stands. */
export type PeerId = number

/** What stands where in the record of a connection. Buckets first, see RateLimit. */
export const MESSAGES = 0
export const SUBMITS = 1
/** Submissions refused since its bucket was calm. */
export const REFUSED = 2
/** The place of its address in AddressRecords. */
export const ADDRESS = 3
export const IS_NEVER_BANNED = 4
/** Whether it counts among the good peers of its address. */
export const IS_GOOD = 5
/** Whether another process has let it in, and counts it. */
export const IS_GUEST = 6
/** Submissions rejected before the first was accepted; -Infinity from then on. */
export const FRUITLESS = 7
export const RATIO = 8
const WIDTH = RATIO + RATIO_WIDTH

/** The record of each connection. */
export class PeerRecords {
  readonly #records = new NumberRecords(WIDTH)
  #connections = 0

  /** Those that count here: all but guests. */
  get connections(): number {
    return this.#connections
  }

  /** Of the record of peer p, `cells[p + MESSAGES]` and so on. Read anew at each call. */
  get cells(): Float64Array {
    return this.#records.cells
  }

  open(address: number, isNeverBanned: boolean, isGuest: boolean): PeerId {
    const peer = this.#records.take()
    this.cells[peer + ADDRESS] = address
    this.cells[peer + IS_NEVER_BANNED] = isNeverBanned ? 1 : 0
    this.cells[peer + IS_GUEST] = isGuest ? 1 : 0
    if (!isGuest) this.#connections++
    return peer
  }

  /** The id is given out again. */
  close(peer: PeerId): void {
    if (this.cells[peer + IS_GUEST] === 0) this.#connections--
    this.#records.free(peer)
  }
}
