/** A job that has not reached everybody by then will not. */
const ARRIVALS_TIMEOUT_MS = 20_000

/** Notes when the next job arrives at each of so many miners. */
export class JobWatch {
  #arrivedAtMs = new Float64Array(0)
  #count = 0
  #onAll: () => void = () => undefined

  begin(minerCount: number): void {
    this.#arrivedAtMs = new Float64Array(minerCount)
    this.#count = 0
  }

  /** One more miner has the job. Arrivals beyond the number of miners are of a later job, and not noted. */
  note(atMs: number): void {
    if (this.#count === this.#arrivedAtMs.length) return
    this.#arrivedAtMs[this.#count++] = atMs
    if (this.#isComplete) this.#onAll()
  }

  /** The time of each arrival, once the job is with everybody. Throws when that takes too long. */
  async arrivals(): Promise<Float64Array> {
    if (!this.#isComplete) {
      await new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => {
          reject(new Error(`a job reached only ${this.#count} of ${this.#arrivedAtMs.length} miners`))
        }, ARRIVALS_TIMEOUT_MS)
        this.#onAll = () => {
          clearTimeout(late)
          resolve()
        }
      })
    }
    return this.#arrivedAtMs
  }

  get #isComplete(): boolean {
    return this.#count === this.#arrivedAtMs.length
  }
}
