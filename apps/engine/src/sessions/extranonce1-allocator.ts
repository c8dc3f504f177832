import type { Log } from '../log.js'
import { makeExtranonce1, numberOf, prefixOf, QUARANTINE_MS } from './extranonce1.js'

/** What becomes of each number, kept over a restart. All of it throws what the disk says. */
export interface Extranonce1Store {
  /** One a number: as they were saved when this is made, from then on the allocator's. */
  readonly states: Uint32Array
  /** Numbers that are saved together; `states` is a multiple of it. */
  readonly blockSize: number
  /** As it was committed last. */
  readonly nextBlock: number
  /** Survives the end of the process. */
  save(block: number): void
  /** All that was saved, and `nextBlock`, survive a loss of power. */
  commit(nextBlock: number): void
  close(): void
}

/** States of a number; any other is the second, of the epoch, in which it was released. */
const FREE = 0
const GIVEN = 0xffffffff
/** The disk counts it as in use, so it may be given without asking the disk. */
const RESERVED = 0xfffffffe
/** In use again: jobs have known it before. */
const RETAKEN = 0xfffffffd
/** This and what is above it is no time. */
const FIRST_MARK = RETAKEN

const QUARANTINE_S = QUARANTINE_MS / 1_000
/** Blocks whose releases are saved along with a reservation; the others wait for the next one. */
const MAX_SAVED_BLOCKS = 64
/** After the disk has failed. */
const RETRY_S = 1

/**
 * Gives each session a number of this process's prefix that nobody holds and nobody has held for `QUARANTINE_MS`, in
 * turn. Time is that of the wall clock, because it has to last over a restart.
 *
 * Numbers are reserved a block at a time: the whole block is in use as far as the disk knows before the first of it is
 * given. Releases reach the disk later, along with a reservation. So what the disk says is in use may be free, never
 * the other way round, and after a restart all that it says is in use counts as released at the restart. A loss of
 * power can take back a retake that nothing was committed after; the quarantine, which began at most ten minutes
 * before it, is then shorter by what the session went on.
 */
export class Extranonce1Allocator {
  readonly #prefix: number
  readonly #store: Extranonce1Store
  readonly #log: Log
  readonly #states: Uint32Array
  readonly #blockSize: number
  readonly #blockCount: number
  /** Blocks with releases that were not saved. */
  readonly #unsaved = new Set<number>()
  #nextBlock: number
  /** What is left of the reserved block. */
  #next = 0
  #end = 0
  /** Nothing can be had before this second: do not look. */
  #notBeforeS = 0
  #isDiskBroken = false

  constructor(
    options: { readonly prefix: number; readonly nowMs: number },
    modules: { readonly store: Extranonce1Store; readonly log: Log },
  ) {
    const { store, log } = modules
    this.#prefix = options.prefix
    this.#store = store
    this.#log = log
    this.#states = store.states
    this.#blockSize = store.blockSize
    this.#blockCount = store.states.length / store.blockSize
    this.#nextBlock = store.nextBlock
    const startS = Math.ceil(options.nowMs / 1_000)
    const states = this.#states
    for (let number = 0; number < states.length; number++) {
      if (states[number]! > startS) states[number] = startS
    }
  }

  /** Undefined when there is none to be had: all are held or rest, or the disk does not take the reservation. */
  take(nowMs: number): Uint8Array | undefined {
    do {
      while (this.#next < this.#end) {
        const number = this.#next++
        if (this.#states[number] !== RESERVED) continue
        this.#states[number] = GIVEN
        return makeExtranonce1(this.#prefix, number)
      }
    } while (this.#reserve(Math.floor(nowMs / 1_000)))
    return undefined
  }

  /** The session is over; jobs may have known the value until now. */
  release(extranonce1: Uint8Array, nowMs: number): void {
    if (this.#isHeld(extranonce1)) this.#rest(numberOf(extranonce1), nowMs)
  }

  /** The session is over and was sent no job: the value need not rest, unless it was retaken. */
  discard(extranonce1: Uint8Array, nowMs: number): void {
    const number = numberOf(extranonce1)
    if (this.#states[number] !== GIVEN) {
      this.release(extranonce1, nowMs)
      return
    }
    this.#states[number] = FREE
    this.#unsaved.add(this.#blockOf(number))
    this.#notBeforeS = 0
  }

  /** The session goes on. False when it cannot, because the value is not resting. */
  retake(extranonce1: Uint8Array): boolean {
    const number = numberOf(extranonce1)
    const state = this.#states[number]!
    if (prefixOf(extranonce1) !== this.#prefix || state === FREE || state >= FIRST_MARK) return false
    this.#states[number] = RETAKEN
    try {
      this.#store.save(this.#blockOf(number))
      return true
    } catch (error) {
      this.#states[number] = state
      this.#failDisk(error)
      return false
    }
  }

  /** Saves what is free. Sessions must be over: what is still held rests from the next start on. */
  close(): void {
    for (let number = this.#next; number < this.#end; number++) {
      if (this.#states[number] === RESERVED) this.#states[number] = FREE
    }
    if (this.#next < this.#end) this.#unsaved.add(this.#blockOf(this.#next))
    this.#next = this.#end
    try {
      for (const block of this.#unsaved) this.#store.save(block)
      this.#store.commit(this.#nextBlock)
      this.#store.close()
    } catch (error) {
      this.#failDisk(error)
    }
  }

  #blockOf(number: number): number {
    return Math.floor(number / this.#blockSize)
  }

  #isHeld(extranonce1: Uint8Array): boolean {
    const state = this.#states[numberOf(extranonce1)]
    return state === GIVEN || state === RETAKEN
  }

  #rest(number: number, nowMs: number): void {
    const releasedS = Math.ceil(nowMs / 1_000)
    this.#states[number] = releasedS
    this.#unsaved.add(this.#blockOf(number))
    this.#notBeforeS = Math.min(this.#notBeforeS, releasedS + QUARANTINE_S)
  }

  /** Makes the next block that has anything to give the reserved one. */
  #reserve(nowS: number): boolean {
    if (nowS < this.#notBeforeS) return false
    for (let tried = 0; tried < this.#blockCount; tried++) {
      const block = this.#nextBlock
      this.#nextBlock = (block + 1) % this.#blockCount
      if (this.#markReserved(block, nowS)) return this.#commit(block, nowS)
    }
    this.#notBeforeS = this.#earliestS()
    return false
  }

  #markReserved(block: number, nowS: number): boolean {
    const states = this.#states
    const end = (block + 1) * this.#blockSize
    let hasAny = false
    for (let number = block * this.#blockSize; number < end; number++) {
      const state = states[number]!
      if (state === GIVEN || state === RETAKEN) continue
      if (state < FIRST_MARK && state + QUARANTINE_S > nowS) continue
      states[number] = RESERVED
      hasAny = true
    }
    return hasAny
  }

  #commit(block: number, nowS: number): boolean {
    try {
      this.#store.save(block)
      let count = 0
      for (const unsaved of this.#unsaved) {
        if (++count > MAX_SAVED_BLOCKS) break
        this.#store.save(unsaved)
        this.#unsaved.delete(unsaved)
      }
      this.#store.commit(this.#nextBlock)
    } catch (error) {
      // The block stays marked and is found again when its turn comes.
      this.#nextBlock = block
      this.#notBeforeS = nowS + RETRY_S
      this.#failDisk(error)
      return false
    }
    this.#isDiskBroken = false
    this.#next = block * this.#blockSize
    this.#end = this.#next + this.#blockSize
    return true
  }

  /** When the first of the resting numbers may be given. */
  #earliestS(): number {
    let earliestS = Infinity
    for (const state of this.#states) if (state < FIRST_MARK && state < earliestS) earliestS = state
    return earliestS + QUARANTINE_S
  }

  #failDisk(error: unknown): void {
    if (!this.#isDiskBroken) this.#log.error({ err: error }, 'extranonce1 cannot be saved: no new sessions')
    this.#isDiskBroken = true
  }
}
