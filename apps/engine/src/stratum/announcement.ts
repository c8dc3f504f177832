import { setTimeout } from 'node:timers/promises'
import type { Session } from './v1/session.js'

/** So many are told in a row, so that no share waits long behind what nobody waits for. */
const PEERS_PER_TURN = 200
const TURN_MS = 50

/** What the operator wants every miner to be told. */
export class Announcement {
  #text: string | undefined

  get text(): string | undefined {
    return this.#text
  }

  /** Another, or none. Those who have work are told now, once; those that come, as they begin. */
  async change(text: string | undefined, peers: readonly { readonly session: Session }[]): Promise<void> {
    if (text === this.#text) return
    this.#text = text
    if (text === undefined) return
    for (let from = 0; from < peers.length && this.#text === text; from += PEERS_PER_TURN) {
      if (from > 0) await setTimeout(TURN_MS)
      for (const { session } of peers.slice(from, from + PEERS_PER_TURN)) session.hear(text)
    }
  }
}
