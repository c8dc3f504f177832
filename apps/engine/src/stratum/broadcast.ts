import type { Work } from './work.js'

/** Who gets work: a peer that is not ready, or has the work already, passes it over. */
export interface WorkTaker {
  takeWork(work: Work): void
}

/** Peers served in a row. Writing to a socket takes some 10 us, so that the others wait for 5 ms at most. */
const PEERS_PER_TURN = 512

/**
 * Sends new work to every peer, some hundreds at a time, so that shares, answers and newer work are not held up behind
 * 20,000 writes. Newer work replaces what is going out: nobody is sent a job that is old already.
 */
export class Broadcast {
  readonly #takers: Iterable<WorkTaker>
  #work: Work | undefined
  #rest: Iterator<WorkTaker> | undefined

  constructor(takers: Iterable<WorkTaker>) {
    this.#takers = takers
  }

  send(work: Work): void {
    const isUnderway = this.#work !== undefined
    this.#work = work
    this.#rest = this.#takers[Symbol.iterator]()
    if (!isUnderway) this.#sendSome()
  }

  /** There is no work any more. */
  stop(): void {
    this.#work = undefined
  }

  readonly #sendSome = (): void => {
    const work = this.#work
    if (work === undefined) return
    for (let served = 0; served < PEERS_PER_TURN; served++) {
      const next = this.#rest!.next()
      if (next.done === true) {
        this.#work = undefined
        return
      }
      next.value.takeWork(work)
    }
    setImmediate(this.#sendSome)
  }
}
