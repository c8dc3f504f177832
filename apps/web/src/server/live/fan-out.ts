import { Mailbox } from './mailbox'
import type { Topic } from './topic'

/** One feed, many streams that are read one by one. */
export class FanOut {
  readonly #mailboxes = new Set<Mailbox>()

  open(): Mailbox {
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
