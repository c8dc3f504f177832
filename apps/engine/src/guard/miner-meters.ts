/** Submissions of one payout address, however many connections they come through. */
export class MinerMeter {
  /** A bucket, see RateLimit. */
  submitsFullAtMs = 0
}

/** Miners whose meter is remembered; beyond it those forget whose bucket is full, then whoever came first. */
export const MAX_MINERS = 65_536

/** The meter of each payout address. Sessions keep the one they were given. */
export class MinerMeters {
  readonly #meters = new Map<string, MinerMeter>()
  readonly #maxMiners: number

  constructor(maxMiners = MAX_MINERS) {
    this.#maxMiners = maxMiners
  }

  get size(): number {
    return this.#meters.size
  }

  of(address: string, nowMs: number): MinerMeter {
    const known = this.#meters.get(address)
    if (known !== undefined) return known
    if (this.#meters.size >= this.#maxMiners) this.#makeRoom(nowMs)
    const meter = new MinerMeter()
    this.#meters.set(address, meter)
    return meter
  }

  #makeRoom(nowMs: number): void {
    for (const [address, meter] of this.#meters) {
      if (meter.submitsFullAtMs <= nowMs) this.#meters.delete(address)
    }
    for (const address of this.#meters.keys()) {
      if (this.#meters.size < this.#maxMiners) return
      this.#meters.delete(address)
    }
  }
}
