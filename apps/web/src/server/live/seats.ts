/** Streams that one server process tells; pages beyond ask by the clock instead. */
export const MAX_STREAMS = 6_000
/** Of one caller: an office has many pages open, and nobody has all of them. */
export const MAX_STREAMS_OF_CALLER = 100

/** Why there is no room, as the API says it. */
export type NoSeat = 'streams-full' | 'too-many-streams'

/** Room for streams: so many in all, and so many of one caller. */
export class Seats {
  readonly #ofCaller = new Map<string, number>()
  readonly #max: number
  readonly #maxOfCaller: number
  #taken = 0

  constructor(maxOfCaller = MAX_STREAMS_OF_CALLER, max = MAX_STREAMS) {
    this.#max = max
    this.#maxOfCaller = maxOfCaller
  }

  get taken(): number {
    return this.#taken
  }

  /** Undefined: it is his until he gives it back. */
  take(caller: string): NoSeat | undefined {
    const his = this.#ofCaller.get(caller) ?? 0
    if (his >= this.#maxOfCaller) return 'too-many-streams'
    if (this.#taken >= this.#max) return 'streams-full'
    this.#ofCaller.set(caller, his + 1)
    this.#taken++
    return undefined
  }

  give(caller: string): void {
    const his = this.#ofCaller.get(caller) ?? 0
    if (his > 1) this.#ofCaller.set(caller, his - 1)
    else this.#ofCaller.delete(caller)
    this.#taken--
  }
}
