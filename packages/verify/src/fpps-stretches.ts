import type { WorkerRecord } from '@headframe/core/journal/segment'

/** What the shares say of a stretch. */
export interface StretchEvidence {
  /** Of its FPPS shares, by name. */
  readonly scores: ReadonlyMap<string, bigint>
  /** Of the job of its last FPPS share; undefined when it has none. */
  readonly lastHeight: number | undefined
  /** The first segment of the log that was read at all; undefined when none was. */
  readonly firstRead: number | undefined
}

interface Sums {
  readonly scores: Map<string, bigint>
  lastHeight: number | undefined
}

const noSums = (): Sums => ({ scores: new Map(), lastHeight: undefined })

/** Adds up FPPS shares by stretch in one pass over the log. It is known beforehand where stretches end. */
export class FppsStretches {
  /** Of those that are not full yet, the next one last. */
  readonly #ends: number[]
  readonly #full = new Map<number, Sums>()
  #sums = noSums()
  #firstRead: number | undefined
  #sharesBehind = 0

  constructor(ends: readonly number[]) {
    this.#ends = [...ends].sort((a, b) => b - a)
  }

  /** Shares behind the last stretch: those that are not credited yet. */
  get sharesBehind(): number {
    return this.#sharesBehind
  }

  /** Before the shares of a segment. */
  beginSegment(position: number): void {
    this.#firstRead ??= position
    this.#fillUpTo(position - 1)
  }

  addShare({ address, mode }: Pick<WorkerRecord, 'address' | 'mode'>, score: bigint, height: number): void {
    if (mode !== 'fpps') return
    const { scores } = this.#sums
    scores.set(address, (scores.get(address) ?? 0n) + score)
    this.#sums.lastHeight = height
    if (this.#ends.length === 0) this.#sharesBehind++
  }

  /** All shares up to its end were read: what they say of the stretch, which is then forgotten. */
  take(end: number): StretchEvidence {
    this.#fillUpTo(end)
    const sums = this.#full.get(end) ?? noSums()
    this.#full.delete(end)
    return { ...sums, firstRead: this.#firstRead }
  }

  #fillUpTo(position: number): void {
    for (let end = this.#ends.at(-1); end !== undefined && end <= position; end = this.#ends.at(-1)) {
      this.#ends.pop()
      this.#full.set(end, this.#sums)
      this.#sums = noSums()
    }
  }
}
