import { numberOfHash } from '@headframe/core/chain/target'
import { paidJob } from '@headframe/core/journal/paid-job'
import type {
  JobContent,
  JobRecord,
  Segment,
  ShareRecord,
  WorkerRecord,
} from '@headframe/core/journal/segment'
import { ShareHasher } from '@headframe/core/share/share-hasher'

const HASH_BYTES = 32
const HEADER_BYTES = 80
const DAY_MS = 86_400_000

/** The share of a worker whose hash is the lowest of a UTC day. */
export interface BestShare {
  readonly identity: Pick<WorkerRecord, 'address' | 'workerName' | 'mode'>
  /** Start of the day. */
  readonly dayMs: number
  /** Internal order. */
  readonly hash: Uint8Array
  /** Of it: lower is better. */
  readonly hashNumber: number
  readonly height: number
  readonly nbits: number
  readonly acceptedAtMs: number
}

/** A segment's best shares, a worker and day each: every share is hashed again. The first of equal ones. */
export function findBestShares(segment: Segment): BestShare[] {
  const search = new BestSearch(segment)
  for (const record of segment.records) {
    if (record.kind === 'job') search.jobs.push(record)
    else if (record.kind === 'worker') search.workers.push(record)
    else if (record.kind === 'share') search.look(record)
  }
  return search.result()
}

/** The lowest so far. */
interface Candidate {
  readonly identity: WorkerRecord
  readonly dayMs: number
  readonly hash: Uint8Array
  hashNumber: number
  job: JobRecord
  acceptedAtMs: number
}

class BestSearch {
  readonly jobs: JobRecord[] = []
  readonly workers: WorkerRecord[] = []
  readonly #segment: Segment
  readonly #hasher = new ShareHasher()
  readonly #header = new Uint8Array(HEADER_BYTES)
  readonly #hash = new Uint8Array(HASH_BYTES)
  /** By worker record, one a day: a segment hardly ever has two. */
  readonly #candidates = new Map<number, Candidate[]>()
  /** Of solo jobs, as their workers had them. */
  readonly #paidJobs = new Map<string, JobContent>()

  constructor(segment: Segment) {
    this.#segment = segment
  }

  look(share: ShareRecord): void {
    const { extranonce1, extranonce2, version, ntime, nonce, acceptedAtMs } = share
    const job = this.#jobOf(share)
    this.#hasher.hash(this.#header, this.#hash, job, extranonce1, extranonce2, version, ntime, nonce)
    const hashNumber = numberOfHash(this.#hash)
    const candidate = this.#candidateOf(share.workerRef, acceptedAtMs - (acceptedAtMs % DAY_MS))
    if (hashNumber >= candidate.hashNumber) return
    candidate.hash.set(this.#hash)
    candidate.hashNumber = hashNumber
    candidate.job = this.jobs[share.jobRef]!
    candidate.acceptedAtMs = acceptedAtMs
  }

  result(): BestShare[] {
    return [...this.#candidates.values()].flat().map(({ job, ...best }) => {
      const { height, nbits } = job
      return { ...best, height, nbits }
    })
  }

  #candidateOf(workerRef: number, dayMs: number): Candidate {
    let days = this.#candidates.get(workerRef)
    if (days === undefined) this.#candidates.set(workerRef, (days = []))
    let candidate = days.find((one) => one.dayMs === dayMs)
    if (candidate === undefined) {
      const [identity, job] = [this.workers[workerRef]!, this.jobs[0]!]
      const hash = new Uint8Array(HASH_BYTES)
      candidate = { identity, dayMs, hash, hashNumber: Infinity, job, acceptedAtMs: 0 }
      days.push(candidate)
    }
    return candidate
  }

  #jobOf({ jobRef, workerRef }: ShareRecord): JobContent {
    const job = this.jobs[jobRef]!
    if (job.openSuffix === undefined) return job
    const key = `${jobRef} ${workerRef}`
    let paid = this.#paidJobs.get(key)
    if (paid === undefined) {
      paid = paidJob(job, this.workers[workerRef]!, this.#segment.header.network)
      this.#paidJobs.set(key, paid)
    }
    return paid
  }
}
