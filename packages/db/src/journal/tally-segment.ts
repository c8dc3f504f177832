import type { Segment, WorkerIdentity } from '@headframe/core/journal/segment'
import type { PayoutMode, RejectReason } from '@headframe/core/share/share'
import { findBestShares, type BestShare } from './find-best-shares.js'
import { valueShares, type ValuedShare } from './value-shares.js'

const MINUTE_MS = 60_000

/** A worker of a segment, however many records introduce it (one a mode). */
export interface WorkerTally {
  readonly address: string
  readonly workerName: string
  /** Undefined when it had only rejects. */
  lastShareAtMs: number | undefined
}

/** Accepted shares of one worker, UTC minute and mode. */
export interface SumTally {
  /** Index among the tally's workers. */
  readonly worker: number
  readonly minuteMs: number
  readonly mode: PayoutMode
  shareCount: number
  work: bigint
  score: bigint
}

/** Rejected submissions of one worker, UTC minute and reason. */
export interface RejectTally {
  readonly worker: number
  readonly minuteMs: number
  readonly reason: RejectReason
  count: number
}

/** The share of one worker and UTC day whose hash is the lowest. */
export interface BestTally {
  readonly worker: number
  readonly best: BestShare
}

/** What a segment adds to the database besides itself. */
export interface SegmentTally {
  readonly workers: readonly WorkerTally[]
  readonly sums: readonly SumTally[]
  readonly rejects: readonly RejectTally[]
  readonly best: readonly BestTally[]
  /** Over the shares of every mode, and over those of PPLNS. */
  readonly score: bigint
  readonly pplnsScore: bigint
}

export function tallySegment(segment: Segment): SegmentTally {
  const tally = new Tally()
  for (const share of valueShares(segment)) tally.addShare(share)
  const identities: WorkerIdentity[] = []
  for (const record of segment.records) {
    if (record.kind === 'worker') identities.push(record)
    else if (record.kind === 'rejects') {
      tally.addRejects(identities[record.workerRef]!, record.minuteMs, record.reason, record.count)
    }
  }
  for (const best of findBestShares(segment)) tally.addBest(best)
  return tally.result()
}

/** A worker's part of the tally. */
interface KnownWorker {
  readonly index: number
  readonly worker: WorkerTally
  /** The one that was added to last: the next share is of the same minute and mode, nearly always. */
  lastSum: SumTally | undefined
}

class Tally {
  readonly #workers = new Map<string, KnownWorker>()
  /** A worker is introduced by one object and has many shares. */
  readonly #byIdentity = new Map<WorkerIdentity, KnownWorker>()
  readonly #sums = new Map<string, SumTally>()
  readonly #rejects = new Map<string, RejectTally>()
  readonly #best: BestTally[] = []
  #score = 0n
  #pplnsScore = 0n

  addShare({ worker: identity, acceptedAtMs, work, score }: ValuedShare): void {
    const known = this.#workerOf(identity)
    known.worker.lastShareAtMs = Math.max(known.worker.lastShareAtMs ?? 0, acceptedAtMs)
    const sum = this.#sumOf(known, startOfMinute(acceptedAtMs), identity.mode)
    sum.shareCount++
    sum.work += work
    sum.score += score
    this.#score += score
    if (identity.mode === 'pplns') this.#pplnsScore += score
  }

  addRejects(identity: WorkerIdentity, atMs: number, reason: RejectReason, count: number): void {
    const { index } = this.#workerOf(identity)
    const minuteMs = startOfMinute(atMs)
    const key = `${index} ${minuteMs} ${reason}`
    const rejects = this.#rejects.get(key)
    if (rejects === undefined) this.#rejects.set(key, { worker: index, minuteMs, reason, count })
    else rejects.count += count
  }

  addBest(best: BestShare): void {
    this.#best.push({ worker: this.#workerOf(best.identity).index, best })
  }

  result(): SegmentTally {
    return {
      workers: [...this.#workers.values()].map(({ worker }) => worker),
      sums: [...this.#sums.values()],
      rejects: [...this.#rejects.values()],
      best: this.#best,
      score: this.#score,
      pplnsScore: this.#pplnsScore,
    }
  }

  #sumOf(known: KnownWorker, minuteMs: number, mode: PayoutMode): SumTally {
    const { index: worker, lastSum } = known
    if (lastSum?.minuteMs === minuteMs && lastSum.mode === mode) return lastSum
    const key = `${worker} ${minuteMs} ${mode}`
    let sum = this.#sums.get(key)
    if (sum === undefined) {
      sum = { worker, minuteMs, mode, shareCount: 0, work: 0n, score: 0n }
      this.#sums.set(key, sum)
    }
    known.lastSum = sum
    return sum
  }

  #workerOf(identity: WorkerIdentity): KnownWorker {
    let known = this.#byIdentity.get(identity)
    if (known === undefined) this.#byIdentity.set(identity, (known = this.#introduce(identity)))
    return known
  }

  #introduce({ address, workerName }: WorkerIdentity): KnownWorker {
    // An address has no space, so the key is unambiguous.
    const key = `${address} ${workerName}`
    let known = this.#workers.get(key)
    if (known === undefined) {
      const worker = { address, workerName, lastShareAtMs: undefined }
      known = { index: this.#workers.size, worker, lastSum: undefined }
      this.#workers.set(key, known)
    }
    return known
  }
}

function startOfMinute(ms: number): number {
  return ms - (ms % MINUTE_MS)
}
