import { workOfDifficulty } from '../chain/target.js'
import { uint256ToBytes } from './uint256.js'

/** Vardiff hands out few difficulties at a time; when a memo is full it starts again from nothing. */
const MAX_DIFFICULTIES = 1024

/** Remembers the work of difficulties, 32 bytes big-endian each, so that the division is not made for every share. */
export class WorkMemo {
  readonly #works = new Map<number, Uint8Array>()

  /** Throws RangeError unless `difficulty` is finite and above 0. */
  of(difficulty: number): Uint8Array {
    let work = this.#works.get(difficulty)
    if (work === undefined) {
      if (this.#works.size >= MAX_DIFFICULTIES) this.#works.clear()
      work = uint256ToBytes(workOfDifficulty(difficulty))
      this.#works.set(difficulty, work)
    }
    return work
  }
}
