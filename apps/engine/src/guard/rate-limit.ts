/** What `take` answers when the limit is reached. */
export const OVER_LIMIT = -1

/**
 * A token bucket whose state is one number, kept by its owner: the time at which the bucket is full again (the
 * generic cell rate algorithm, ITU-T I.371). 0 is a full bucket. Within any time t at most `perSecond * t + burst`
 * are taken.
 */
export class RateLimit {
  readonly #msPerToken: number
  /** How far ahead the time of the full bucket may be for one more to be taken. */
  readonly #maxAheadMs: number

  /** `perSecond` Infinity: unlimited. `burst` is at least 1: what a full bucket holds. */
  constructor(perSecond: number, burst: number) {
    this.#msPerToken = 1_000 / perSecond
    this.#maxAheadMs = perSecond === Infinity ? 0 : this.#msPerToken * (Math.max(burst, 1) - 1)
  }

  /**
   * Takes one, or several, at `nowMs` (monotonic, not negative): the owner's next number, or OVER_LIMIT, which takes
   * nothing. Several are taken whole as long as there is one, so that what is larger than a bucket is not refused for
   * ever; what was taken too much has to come in before the next.
   */
  take(fullAtMs: number, nowMs: number, tokens = 1): number {
    const fromMs = fullAtMs > nowMs ? fullAtMs : nowMs
    return fromMs - nowMs > this.#maxAheadMs ? OVER_LIMIT : fromMs + this.#msPerToken * tokens
  }

  /** Whether less than half of the burst is used up. */
  isCalm(fullAtMs: number, nowMs: number): boolean {
    return (fullAtMs - nowMs) * 2 <= this.#maxAheadMs
  }
}
