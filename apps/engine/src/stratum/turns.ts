/** A connection with lines that it was not allowed to read yet. */
export interface Reader {
  /** Reads on, as far as `allow` lets it. */
  readOn(): void
}

/** What reading may take of one turn of the event loop before those who send much have to wait. */
export const TURN_MS = 2
/** Lines of one connection in a row; more wait behind those of the others. */
const LINES_IN_A_ROW = 16
/** What a working miner may still read in a turn that is used up: hardly any has two lines at once. */
const LINES_WHEN_LATE = 1

/**
 * Shares the turns of the event loop among the connections of a process, so that one turn stays short whatever they
 * send. A socket gives all that has arrived at once, some 500 lines of a flood; fifty such peers would keep everybody
 * else waiting for a second. Who has had its lines waits in a queue, unread by the socket, while others are served.
 */
export class Turns {
  readonly #monotonicMs: () => number
  readonly #queue: Reader[] = []
  /** Index of the first that waits; what is before it was served. */
  #first = 0
  #startMs = 0
  #isRunning = false

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs
  }

  /** How many connections wait. */
  get waitingCount(): number {
    return this.#queue.length - this.#first
  }

  /** Lines that a connection may read now; 0: none before its `readOn`. */
  allow(isWorking: boolean): number {
    if (!this.#isRunning) this.#begin()
    if (!this.#isLate()) return LINES_IN_A_ROW
    return isWorking ? LINES_WHEN_LATE : 0
  }

  /** The connection is to read on behind those who wait already. To be called once until then. */
  later(reader: Reader): void {
    this.#queue.push(reader)
    if (!this.#isRunning) this.#begin()
  }

  #begin(): void {
    this.#isRunning = true
    this.#startMs = this.#monotonicMs()
    setImmediate(this.#serve)
  }

  /** Behind what the sockets gave in this turn: serves who waits, as long as a turn may take. */
  readonly #serve = (): void => {
    this.#startMs = this.#monotonicMs()
    const end = this.#queue.length
    while (this.#first < end && !this.#isLate()) this.#queue[this.#first++]!.readOn()
    if (this.#first * 2 > this.#queue.length) {
      this.#queue.splice(0, this.#first)
      this.#first = 0
    }
    this.#isRunning = false
    if (this.waitingCount > 0) this.#begin()
  }

  #isLate(): boolean {
    return this.#monotonicMs() - this.#startMs >= TURN_MS
  }
}
