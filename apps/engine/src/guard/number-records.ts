const FIRST_RECORDS = 64
const NONE = -1

/**
 * Records of `width` numbers each in one array, so that thousands cost a few bytes each and nothing for the garbage
 * collector to walk. A record is told by the place of its first number. It does not shrink.
 */
export class NumberRecords {
  /** Replaced when it grows: read it anew at each call, keep places instead. */
  cells: Float64Array
  readonly #width: number
  #endAt = 0
  /** The place freed last; the first number of each free record is the place freed before. */
  #freeAt = NONE

  constructor(width: number) {
    this.#width = width
    this.cells = new Float64Array(width * FIRST_RECORDS)
  }

  /** The place of a fresh record, all zeros. */
  take(): number {
    const at = this.#freeAt
    if (at !== NONE) {
      this.#freeAt = this.cells[at]!
      this.cells.fill(0, at, at + this.#width)
      return at
    }
    if (this.#endAt === this.cells.length) this.#grow()
    this.#endAt += this.#width
    return this.#endAt - this.#width
  }

  /** To be called once for each `take`. */
  free(at: number): void {
    this.cells[at] = this.#freeAt
    this.#freeAt = at
  }

  #grow(): void {
    const grown = new Float64Array(this.cells.length * 2)
    grown.set(this.cells)
    this.cells = grown
  }
}
