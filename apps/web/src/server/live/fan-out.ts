import { Mailbox } from './mailbox'
import type { Topic } from './topic'

/** Open pages one server process tells; the next one is refused and polls instead. */
const MAX_PAGES = 6_000

/** One feed, many open pages. */
export class FanOut {
  readonly #mailboxes = new Set<Mailbox>()
  readonly #maxPages: number

  constructor(maxPages = MAX_PAGES) {
    this.#maxPages = maxPages
  }

  get pageCount(): number {
    return this.#mailboxes.size
  }

  /** A new page's mailbox, or undefined when there are too many. */
  open(): Mailbox | undefined {
    if (this.#mailboxes.size >= this.#maxPages) return undefined
    const mailbox = new Mailbox()
    this.#mailboxes.add(mailbox)
    return mailbox
  }

  close(mailbox: Mailbox): void {
    this.#mailboxes.delete(mailbox)
  }

  post(topic: Topic): void {
    for (const mailbox of this.#mailboxes) mailbox.post(topic)
  }

  stir(): void {
    for (const mailbox of this.#mailboxes) mailbox.stir()
  }
}
