import type { WorkerIdentity } from '@headframe/core/journal/segment'
import type { RejectReason } from '@headframe/core/share/share'

/** Counts kept at a time; what comes beyond is lost and told in the log. */
export const MAX_REJECT_COUNTS = 16_384
const MINUTE_MS = 60_000

export interface RejectCount {
  readonly worker: WorkerIdentity
  readonly minuteMs: number
  readonly reason: RejectReason
  count: number
}

/** Submissions that earned nothing, counted a worker, minute and reason until they are written down. */
export class RejectCounts {
  #byWorker = new Map<WorkerIdentity, RejectCount[]>()
  #size = 0
  #sinceMs = 0
  #lost = 0

  /** How many different counts there are. */
  get size(): number {
    return this.#size
  }

  /** When the oldest of them was begun. */
  get sinceMs(): number {
    return this.#sinceMs
  }

  get isFull(): boolean {
    return this.#size >= MAX_REJECT_COUNTS
  }

  add(worker: WorkerIdentity, reason: RejectReason, nowMs: number): void {
    this.#add(worker, nowMs - (nowMs % MINUTE_MS), reason, 1, nowMs)
  }

  /** Takes the counts out, at most as many as `accept` says yes to. */
  drain(accept: (count: RejectCount) => boolean): RejectCount[] {
    const taken: RejectCount[] = []
    for (const [worker, counts] of this.#byWorker) {
      while (counts.length > 0) {
        if (!accept(counts.at(-1)!)) return taken
        taken.push(counts.pop()!)
        this.#size--
      }
      this.#byWorker.delete(worker)
    }
    return taken
  }

  /** Takes counts back that could not be written. */
  restore(counts: readonly RejectCount[], nowMs: number): void {
    for (const { worker, minuteMs, reason, count } of counts)
      this.#add(worker, minuteMs, reason, count, nowMs)
  }

  /** Rejects that were not counted since this was last asked. */
  takeLost(): number {
    const lost = this.#lost
    this.#lost = 0
    return lost
  }

  #add(worker: WorkerIdentity, minuteMs: number, reason: RejectReason, count: number, nowMs: number): void {
    let counts = this.#byWorker.get(worker)
    const known = counts?.find((entry) => entry.minuteMs === minuteMs && entry.reason === reason)
    if (known !== undefined) {
      known.count += count
      return
    }
    if (this.isFull) {
      this.#lost += count
      return
    }
    if (counts === undefined) {
      counts = []
      this.#byWorker.set(worker, counts)
    }
    counts.push({ worker, minuteMs, reason, count })
    if (this.#size++ === 0) this.#sinceMs = nowMs
  }
}
