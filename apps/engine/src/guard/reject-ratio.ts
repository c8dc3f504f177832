/** Numbers of a record that a ratio needs, one behind the other. */
export const RATIO_WIDTH = 3
const ACCEPTED = 0
const REJECTED = 1
const COUNTED_AT_MS = 2

export interface RejectRatioOptions {
  /** After so long a submission counts half. */
  readonly halfLifeMs: number
  /** Below so many judged submissions (decayed) a ratio says nothing. */
  readonly minSubmissions: number
  /** A ratio of so many rejects in a hundred, or more, is bad. */
  readonly rejectPercent: number
}

/**
 * Whether a sum that decays is as many submissions. Those that came a moment ago have lost a little of it, and count
 * whole all the same: the number that is set is enough, and never less.
 */
export function isEnough(sum: number, submissions: number): boolean {
  return Math.ceil(sum) >= submissions
}

/** Counts accepted and rejected submissions that decay with time. The numbers are the owner's: `cells` from `at` on. */
export class RejectRatio {
  readonly #options: RejectRatioOptions

  constructor(options: RejectRatioOptions) {
    this.#options = options
  }

  count(cells: Float64Array, at: number, isAccepted: boolean, nowMs: number): void {
    const remains = 2 ** ((cells[at + COUNTED_AT_MS]! - nowMs) / this.#options.halfLifeMs)
    cells[at + ACCEPTED] = cells[at + ACCEPTED]! * remains + (isAccepted ? 1 : 0)
    cells[at + REJECTED] = cells[at + REJECTED]! * remains + (isAccepted ? 0 : 1)
    cells[at + COUNTED_AT_MS] = nowMs
  }

  /** As of the last count. */
  rejected(cells: Float64Array, at: number): number {
    return cells[at + REJECTED]!
  }

  /** Whether the submissions so far, however few, stay below the bad ratio. */
  isBelow(cells: Float64Array, at: number): boolean {
    const judged = cells[at + ACCEPTED]! + cells[at + REJECTED]!
    return cells[at + REJECTED]! * 100 < this.#options.rejectPercent * judged
  }

  /** Whether there are enough submissions to judge, and too many of them were rejected. */
  isBad(cells: Float64Array, at: number): boolean {
    const judged = cells[at + ACCEPTED]! + cells[at + REJECTED]!
    return isEnough(judged, this.#options.minSubmissions) && !this.isBelow(cells, at)
  }

  /** Whether by `nowMs` less than one submission is left of all that was counted. */
  isForgotten(cells: Float64Array, at: number, nowMs: number): boolean {
    const remains = 2 ** ((cells[at + COUNTED_AT_MS]! - nowMs) / this.#options.halfLifeMs)
    return (cells[at + ACCEPTED]! + cells[at + REJECTED]!) * remains < 1
  }

  forget(cells: Float64Array, at: number): void {
    cells.fill(0, at, at + RATIO_WIDTH)
  }
}
