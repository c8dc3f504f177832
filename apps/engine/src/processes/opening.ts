/** How long those that are ready wait for the others. */
const OPEN_WITHIN_MS = 5_000

/**
 * Lets the stratum processes in together when the pool starts: a miner that comes back may reach any of them, and is
 * brought to the one that its session lives in, if that one is there. Whoever comes later, after a death, is let in
 * at once.
 */
export class Opening<Process> {
  readonly #open: (process: Process) => void
  #missing: number
  #waiting: Process[] | undefined = []
  #timer: NodeJS.Timeout | undefined

  constructor(processCount: number, open: (process: Process) => void) {
    this.#missing = processCount
    this.#open = open
  }

  /** The process has taken up what there was, and can be let in. */
  arrive(process: Process): void {
    if (this.#waiting === undefined) return this.#open(process)
    this.#waiting.push(process)
    this.#timer ??= setTimeout(() => this.#openAll(), OPEN_WITHIN_MS)
    if (--this.#missing === 0) this.#openAll()
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  #openAll(): void {
    clearTimeout(this.#timer)
    const waiting = this.#waiting ?? []
    this.#waiting = undefined
    for (const process of waiting) this.#open(process)
  }
}
