import type { Grant } from './grant.js'

/** A grant, the extranonce1 it was given with, and the first position (`job-position.ts`) it holds for. */
export interface GrantedFrom {
  readonly fromPosition: number
  readonly grant: Grant
  /** The session's own part, `SESSION_EXTRANONCE1_SIZE` bytes. */
  readonly sessionExtranonce1: Uint8Array
}

/** Changes one session remembers; shares of jobs before the oldest are answered `job-not-found`. */
export const MAX_GRANTS_PER_SESSION = 32

/**
 * What was promised to one session with each notify: a grant holds from its position until the next one's. Hardly
 * anything is stored a session, and nothing a job.
 *
 * A position that is inside the history but was never sent (a made-up alias of an older job) is no way to cheat:
 * its search space is apart from all others, and what a share there is worth was settled before the miner could
 * search it, because no notify will ever go there again.
 */
export class GrantHistory {
  #granted: GrantedFrom[] = []
  #lastPosition = -1

  /** Of the notify that was sent last; -1 before the first. */
  get lastPosition(): number {
    return this.#lastPosition
  }

  get isEmpty(): boolean {
    return this.#granted.length === 0
  }

  /** What holds for the notify sent last. */
  get latest(): GrantedFrom | undefined {
    return this.#granted.at(-1)
  }

  /** All of it, oldest first. */
  get entries(): readonly GrantedFrom[] {
    return this.#granted
  }

  /** A notify goes out at `position`, which is above all before. Returns whether its promise is another than before. */
  extend(position: number, grant: Grant, sessionExtranonce1: Uint8Array): boolean {
    const latest = this.latest
    this.#lastPosition = position
    if (latest?.sessionExtranonce1 === sessionExtranonce1 && isSame(latest.grant, grant)) return false
    const next = { fromPosition: position, grant, sessionExtranonce1 }
    // A literal of one: an empty array that is pushed to takes room for seventeen.
    if (latest === undefined) this.#granted = [next]
    else this.#granted.push(next)
    if (this.#granted.length > MAX_GRANTS_PER_SESSION) this.#granted.shift()
    return true
  }

  /** Takes over the history of a session that is resumed. */
  restore(granted: readonly GrantedFrom[], lastPosition: number): void {
    this.#granted = [...granted]
    this.#lastPosition = lastPosition
  }

  /** What was promised with the notify at `position`, or undefined when there was none, or too long ago. */
  at(position: number): GrantedFrom | undefined {
    if (position > this.#lastPosition) return undefined
    for (let index = this.#granted.length - 1; index >= 0; index--) {
      const granted = this.#granted[index]!
      if (granted.fromPosition <= position) return granted
    }
    return undefined
  }
}

/** By value where they are not one object: the memo may have begun anew, which changes nothing of what was promised. */
function isSame(a: Grant, b: Grant): boolean {
  if (a === b) return true
  return (
    a.difficulty === b.difficulty &&
    a.versionMask === b.versionMask &&
    a.maxCoinbaseBytes === b.maxCoinbaseBytes
  )
}
