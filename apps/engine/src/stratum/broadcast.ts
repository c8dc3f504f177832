import { loadSenders } from '@headframe/send-many/load-senders'
import { ManyWriter, type SharedOutput } from './many-writer.js'
import type { Work } from './work.js'

/** Who gets work: a peer that is not ready, or has the work already, passes it over. */
export interface WorkTaker {
  readonly connection: SharedOutput
  /** True when all that is left to do is to write `work.line` to its connection, before anything else. */
  takeWork(work: Work): boolean
}

/** Peers served in a row. The kernel takes some 10 us for each, so that the others wait for 5 ms at most. */
export const PEERS_PER_TURN = 512

/**
 * Sends new work to every peer, some hundreds at a time, so that shares, answers and newer work are not held up behind
 * 20,000 writes. Newer work replaces what is going out: nobody is sent a job that is old already.
 */
export class Broadcast {
  readonly #takers: Iterable<WorkTaker>
  readonly #writer: ManyWriter
  readonly #outputs: SharedOutput[] = []
  #work: Work | undefined
  #rest: Iterator<WorkTaker> | undefined
  /** Whether a turn is to come, which may outlive its work: there is never more than one. */
  #isUnderway = false

  constructor(takers: Iterable<WorkTaker>, sendMany = loadSenders()?.sendMany) {
    this.#takers = takers
    this.#writer = new ManyWriter(PEERS_PER_TURN, sendMany)
  }

  send(work: Work): void {
    this.#work = work
    this.#rest = this.#takers[Symbol.iterator]()
    if (!this.#isUnderway) this.#sendSome()
  }

  /** There is no work any more. */
  stop(): void {
    this.#work = undefined
  }

  readonly #sendSome = (): void => {
    const work = this.#work
    this.#isUnderway = work !== undefined
    if (work === undefined) return
    this.#offer(work)
    this.#writer.write(this.#outputs, work.line)
    this.#outputs.length = 0
    this.#isUnderway = this.#work !== undefined
    if (this.#isUnderway) setImmediate(this.#sendSome)
  }

  /** To the next peers; collects those that want the line and nothing else. */
  #offer(work: Work): void {
    for (let served = 0; served < PEERS_PER_TURN; served++) {
      const next = this.#rest!.next()
      if (next.done === true) {
        this.#work = undefined
        return
      }
      if (next.value.takeWork(work)) this.#outputs.push(next.value.connection)
    }
  }
}
