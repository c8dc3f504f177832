import { residentBytes } from '../measure/resident-memory.js'
import { percentile } from '../percentile.js'

/** Of what was read, the part at either end that is compared. */
const PART = 3

/** What a process held in RAM, over time. */
export class MemoryLog {
  readonly name: string
  readonly #pid: number
  readonly #readings: number[] = []

  constructor(name: string, pid: number) {
    this.name = name
    this.#pid = pid
  }

  read(): void {
    this.#readings.push(residentBytes(this.#pid))
  }

  /** Medians of the middle third and of the last, bytes; in the first, caches fill and code is compiled. */
  get middleBytes(): number {
    return this.#medianOf(1)
  }

  get lastBytes(): number {
    return this.#medianOf(2)
  }

  #medianOf(third: number): number {
    const length = this.#readings.length / PART
    return percentile(this.#readings.slice(Math.floor(third * length), Math.ceil((third + 1) * length)), 50)
  }
}
