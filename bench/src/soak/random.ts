/** Chance that can be had again: the same seed gives the same numbers. (mulberry32) */
export class Random {
  #state: number

  /** @param seed any whole number; its low 32 bits count */
  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** From 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low)
  }

  /** Undefined when there is nothing to choose from. */
  oneOf<T>(choices: readonly T[]): T | undefined {
    return choices[Math.floor(this.next() * choices.length)]
  }

  happens(probability: number): boolean {
    return this.next() < probability
  }
}
