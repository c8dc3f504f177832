import { scoreOfWork, workOfNbits } from '@headframe/core/accounting/score'
import { workOfDifficulty } from '@headframe/core/chain/target'
import type { JobRecord, Segment, WorkerIdentity } from '@headframe/core/journal/segment'

/** A share of a segment with what it is worth. */
export interface ValuedShare {
  readonly worker: WorkerIdentity
  readonly acceptedAtMs: number
  /** Expected hashes. */
  readonly work: bigint
  /** Units of 2^-96 of the expected work of a block of the share's job. */
  readonly score: bigint
}

/** The shares of a segment in order, each worth the difficulty of its job; the only place that values shares. */
export function valueShares(segment: Segment): ValuedShare[] {
  const jobs: JobRecord[] = []
  const workers: WorkerIdentity[] = []
  const values = new ValueMemo()
  const shares: ValuedShare[] = []
  for (const record of segment.records) {
    if (record.kind === 'job') jobs.push(record)
    else if (record.kind === 'worker') workers.push(record)
    else if (record.kind === 'share') {
      const { work, score } = values.of(record.assignedDifficulty, jobs[record.jobRef]!.nbits)
      shares.push({ worker: workers[record.workerRef]!, acceptedAtMs: record.acceptedAtMs, work, score })
    }
  }
  return shares
}

interface Value {
  readonly work: bigint
  readonly score: bigint
}

/** A segment has few difficulties and jobs, and each value takes two divisions of 256 bits. */
class ValueMemo {
  /** By nbits, then by difficulty. */
  readonly #values = new Map<number, Map<number, Value>>()

  of(difficulty: number, nbits: number): Value {
    let values = this.#values.get(nbits)
    if (values === undefined) this.#values.set(nbits, (values = new Map<number, Value>()))
    let value = values.get(difficulty)
    if (value === undefined) {
      const work = workOfDifficulty(difficulty)
      value = { work, score: scoreOfWork(work, workOfNbits(nbits)) }
      values.set(difficulty, value)
    }
    return value
  }
}
