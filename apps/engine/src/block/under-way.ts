/** Work that nobody waits for, until somebody closes. */
export class UnderWay {
  readonly #work = new Set<Promise<void>>()
  readonly #onError: (error: unknown) => void

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  add(work: Promise<void>): void {
    const tracked: Promise<void> = work.catch(this.#onError).finally(() => this.#work.delete(tracked))
    this.#work.add(tracked)
  }

  async settle(): Promise<void> {
    await Promise.all(this.#work)
  }
}
