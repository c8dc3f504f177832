import type { Topic } from './topic'

/**
 * What one open page has not been told yet. Topics that come again before they are taken fall together, so a slow
 * reader holds at most one of each and nobody waits for him.
 */
export class Mailbox {
  readonly #topics = new Set<Topic>()
  #isStirred = false
  #wake: (() => void) | undefined

  post(topic: Topic): void {
    this.#topics.add(topic)
    this.stir()
  }

  /** Makes the next `take` return even if there is no topic: something else about the feed has changed. */
  stir(): void {
    this.#isStirred = true
    this.#wake?.()
  }

  /** Waits until there is something to tell, and takes all of it; rejects with the signal's reason. */
  async take(signal: AbortSignal): Promise<Topic[]> {
    signal.throwIfAborted()
    if (!this.#isStirred) await this.#nextStir(signal)
    signal.throwIfAborted()
    const taken = [...this.#topics]
    this.#topics.clear()
    this.#isStirred = false
    return taken
  }

  #nextStir(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        signal.removeEventListener('abort', wake)
        this.#wake = undefined
        resolve()
      }
      this.#wake = wake
      signal.addEventListener('abort', wake)
    })
  }
}
