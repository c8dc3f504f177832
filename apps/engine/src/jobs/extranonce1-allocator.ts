import { SESSION_EXTRANONCE1_SIZE } from '@headframe/core/job/job'

/** Sessions one stratum process can hold: what two bytes tell apart. */
export const MAX_EXTRANONCE1 = 1 << 16

/**
 * Hands out extranonce1, a different one to every session, so that no two miners search the same coinbase.
 *
 * Byte 0 is the slot of the stratum process, byte 1 its incarnation (mod 256), bytes 2 and 3 count: processes cannot
 * meet, and a process that was restarted does not hand out again what its predecessor gave for jobs that may still
 * be worked on. A freed value comes back last, after all others.
 */
export class Extranonce1Allocator {
  readonly #slot: number
  readonly #incarnation: number
  readonly #inUse = new Uint8Array(MAX_EXTRANONCE1)
  #next = 0
  #count = 0

  constructor(slot: number, incarnation: number) {
    if (slot < 0 || slot > 0xff) throw new RangeError(`slot ${slot} does not fit a byte`)
    this.#slot = slot
    this.#incarnation = incarnation & 0xff
  }

  /** A value nobody holds, or undefined when all are held. */
  take(): Uint8Array | undefined {
    if (this.#count === MAX_EXTRANONCE1) return undefined
    while (this.#inUse[this.#next] === 1) this.#next = (this.#next + 1) % MAX_EXTRANONCE1
    const number = this.#next
    this.#next = (number + 1) % MAX_EXTRANONCE1
    this.#inUse[number] = 1
    this.#count++
    const extranonce1 = new Uint8Array(SESSION_EXTRANONCE1_SIZE)
    extranonce1.set([this.#slot, this.#incarnation, number >>> 8, number & 0xff])
    return extranonce1
  }

  release(extranonce1: Uint8Array): void {
    const number = (extranonce1[2]! << 8) | extranonce1[3]!
    this.#count -= this.#inUse[number]!
    this.#inUse[number] = 0
  }
}
