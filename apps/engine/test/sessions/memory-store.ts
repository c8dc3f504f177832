import type { Extranonce1Store } from '../../src/sessions/extranonce1-allocator.js'
import { NUMBERS_PER_PREFIX } from '../../src/sessions/extranonce1.js'

/** What a disk would hold, and would hold after a loss of power. */
export class MemoryStore implements Extranonce1Store {
  readonly states: Uint32Array<ArrayBuffer>
  readonly blockSize: number
  nextBlock: number
  isBroken = false
  #saved: Uint32Array<ArrayBuffer>
  #committed: Uint32Array<ArrayBuffer>
  #nextCommitted: number

  constructor(size = NUMBERS_PER_PREFIX, blockSize = 1_024, saved = new Uint32Array(size), nextBlock = 0) {
    this.states = saved.slice()
    this.blockSize = blockSize
    this.nextBlock = nextBlock
    this.#saved = saved.slice()
    this.#committed = saved.slice()
    this.#nextCommitted = nextBlock
  }

  save(block: number): void {
    this.#assertWhole()
    const start = block * this.blockSize
    this.#saved.set(this.states.subarray(start, start + this.blockSize), start)
  }

  commit(nextBlock: number): void {
    this.#assertWhole()
    this.nextBlock = nextBlock
    this.#nextCommitted = nextBlock
    this.#committed = this.#saved.slice()
  }

  close(): void {
    this.#assertWhole()
  }

  /** What the next start finds when the process was killed now. */
  afterKill(): MemoryStore {
    return new MemoryStore(this.states.length, this.blockSize, this.#saved, this.nextBlock)
  }

  /** The same when the power went; of the blocks that were saved since the last commit, `survives` tells which are there. */
  afterPowerCut(survives: (block: number) => boolean): MemoryStore {
    const left = this.#committed.slice()
    for (let block = 0; block * this.blockSize < left.length; block++) {
      const start = block * this.blockSize
      if (survives(block)) left.set(this.#saved.subarray(start, start + this.blockSize), start)
    }
    return new MemoryStore(left.length, this.blockSize, left, this.#nextCommitted)
  }

  #assertWhole(): void {
    if (this.isBroken) throw new Error('EIO')
  }
}
