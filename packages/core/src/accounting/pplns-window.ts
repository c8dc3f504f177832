/** The score of one share, or of several of one miner. */
export interface Contribution {
  /** Whoever is credited: one key a miner, an address or an id. */
  readonly miner: string
  readonly score: bigint
}

/** Shares that lie next to each other, with what they come to a miner. */
export interface ContributionBlock {
  readonly scores: ReadonlyMap<string, bigint>
  /** Its shares, newest first; asked for only when the window ends inside the block. */
  readonly contributions: () => Iterable<Contribution>
}

/** What lies in a window, by miner. */
export interface WindowContent {
  readonly scores: ReadonlyMap<string, bigint>
  /** Sum of the scores: the window's length, or less when there were not enough shares to fill it. */
  readonly total: bigint
}

/**
 * A PPLNS window that is filled from the newest share back. The share on its edge counts in part, so that the
 * total is the window's length to the last unit. What comes after that changes nothing.
 */
export class PplnsWindow {
  readonly #scores = new Map<string, bigint>()
  readonly #length: bigint
  #missing: bigint

  /** `length`: a score, `PPLNS_WINDOW` times SCORE_UNIT. Throws RangeError unless it is above 0. */
  constructor(length: bigint) {
    if (length <= 0n) throw new RangeError(`a window of ${length} holds nothing`)
    this.#length = length
    this.#missing = length
  }

  get isFull(): boolean {
    return this.#missing === 0n
  }

  /** Takes the next older share, or the part of it that still fits; returns the score that was taken. */
  take(miner: string, score: bigint): bigint {
    if (score < 0n) throw new RangeError(`a share cannot score ${score}`)
    const taken = score < this.#missing ? score : this.#missing
    if (taken === 0n) return 0n
    this.#scores.set(miner, (this.#scores.get(miner) ?? 0n) + taken)
    this.#missing -= taken
    return taken
  }

  /**
   * Takes all shares of a block at once by their sums. Returns false, and takes nothing, when they do not all fit:
   * then the block has to be opened and taken share by share.
   */
  takeBlock(scores: ReadonlyMap<string, bigint>): boolean {
    let total = 0n
    for (const score of scores.values()) total += score
    if (total > this.#missing) return false
    for (const [miner, score] of scores) this.take(miner, score)
    return true
  }

  content(): WindowContent {
    return { scores: new Map(this.#scores), total: this.#length - this.#missing }
  }
}

/** Fills a window of `length` share by share; stops asking once it is full. */
export function takeWindow(newestFirst: Iterable<Contribution>, length: bigint): WindowContent {
  const window = new PplnsWindow(length)
  takeShares(window, newestFirst)
  return window.content()
}

/** The same from blocks, newest first, of which only the one on the edge is opened. */
export function takeWindowByBlocks(newestFirst: Iterable<ContributionBlock>, length: bigint): WindowContent {
  const window = new PplnsWindow(length)
  for (const block of newestFirst) {
    if (!window.takeBlock(block.scores)) takeShares(window, block.contributions())
    if (window.isFull) break
  }
  return window.content()
}

function takeShares(window: PplnsWindow, newestFirst: Iterable<Contribution>): void {
  for (const { miner, score } of newestFirst) {
    window.take(miner, score)
    if (window.isFull) return
  }
}
