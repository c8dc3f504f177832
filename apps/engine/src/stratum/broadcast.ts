import { loadSenders } from '@headframe/send-many/load-senders'
import type { WorkSent } from '../live/tip-log.js'
import { EachWriter } from './each-writer.js'
import { ManyWriter, type SharedOutput } from './many-writer.js'
import type { WorkLine } from './work-line.js'
import type { Work } from './work.js'

/** Who gets work: a peer that is not ready, or has the work already, passes it over. */
export interface WorkTaker {
  readonly connection: SharedOutput
  /** What is left to be written to its connection, before anything else. */
  takeWork(work: Work): WorkLine | undefined
}

/** Wants to know when a tip's first job has gone out to everybody. */
export interface BroadcastWatch {
  readonly monotonicMs: () => number
  readonly onSent: (sent: WorkSent) => void
}

/** Peers served in a row. The kernel takes some 10 us for each, so that the others wait for 5 ms at most. */
export const PEERS_PER_TURN = 512

/**
 * Sends new work to every peer, some hundreds at a time, so that shares, answers and newer work are not held up behind
 * 20,000 writes. Newer work replaces what is going out: nobody is sent a job that is old already. But the first job of a
 * tip reaches everybody before the next one of that tip does: it is what tells miners to drop their old work.
 */
export class Broadcast {
  readonly #takers: Iterable<WorkTaker>
  readonly #writer: ManyWriter
  readonly #eachWriter: EachWriter
  /** Of one turn, by what they are sent. */
  readonly #outputs = new Map<WorkLine, SharedOutput[]>()
  #work: Work | undefined
  #rest: Iterator<WorkTaker> | undefined
  /** More work on the tip that is going out. */
  #next: Work | undefined
  readonly #watch: BroadcastWatch | undefined
  /** Of the work that is going out: to how many it was written, and when the first of them had it. */
  #minerCount = 0
  #firstSentAtMs: number | undefined
  /** Whether a turn is to come, which may outlive its work: there is never more than one. */
  #isUnderway = false

  constructor(takers: Iterable<WorkTaker>, watch?: BroadcastWatch, senders = loadSenders()) {
    this.#takers = takers
    this.#watch = watch
    this.#writer = new ManyWriter(PEERS_PER_TURN, senders?.sendMany)
    this.#eachWriter = new EachWriter(senders?.sendEach)
  }

  send(work: Work): void {
    if (this.#work?.job.cleanJobs === true && !work.job.cleanJobs) {
      this.#next = work
      return
    }
    this.#next = undefined
    this.#work = work
    this.#minerCount = 0
    this.#firstSentAtMs = undefined
    this.#rest = this.#takers[Symbol.iterator]()
    if (!this.#isUnderway) this.#sendSome()
  }

  /** There is no work any more. */
  stop(): void {
    this.#work = undefined
    this.#next = undefined
  }

  readonly #sendSome = (): void => {
    const work = this.#work
    this.#isUnderway = work !== undefined
    if (work === undefined) return
    this.#offer(work)
    this.#write()
    if (work.job.cleanJobs && this.#watch !== undefined) this.#note(work, this.#watch)
    this.#isUnderway = this.#work !== undefined
    if (this.#isUnderway) setImmediate(this.#sendSome)
  }

  /** The same line to many, and to those whose line is theirs alone, as on a solo port, each its own. */
  #write(): void {
    for (const [workLine, outputs] of this.#outputs) {
      if (outputs.length === 1) this.#eachWriter.add(outputs[0]!, workLine.text)
      else this.#writer.write(outputs, workLine.line)
    }
    this.#eachWriter.flush()
    this.#outputs.clear()
  }

  #note({ job }: Work, { monotonicMs, onSent }: BroadcastWatch): void {
    const nowMs = monotonicMs()
    this.#firstSentAtMs ??= nowMs
    const isDone = this.#work?.job !== job
    if (!isDone || this.#minerCount === 0) return
    onSent({ height: job.height, minerCount: this.#minerCount, spreadMs: nowMs - this.#firstSentAtMs })
  }

  /** To the next peers; collects those that want a line and nothing else. */
  #offer(work: Work): void {
    for (let served = 0; served < PEERS_PER_TURN; served++) {
      const next = this.#rest!.next()
      if (next.done === true) {
        this.#work = this.#next
        this.#next = undefined
        this.#rest = this.#takers[Symbol.iterator]()
        return
      }
      const workLine = next.value.takeWork(work)
      if (workLine === undefined) continue
      this.#minerCount++
      const outputs = this.#outputs.get(workLine)
      if (outputs === undefined) this.#outputs.set(workLine, [next.value.connection])
      else outputs.push(next.value.connection)
    }
  }
}
