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
  readonly identity: WorkerRecord
  /** Start of the day. */
  readonly dayMs: number
  /** Of its hash: lower is better. */
  readonly hashNumber: number
  readonly share: ShareRecord
  /** As its worker had it. */
  readonly job: JobContent
  readonly height: number
}

/** A segment's best shares, a worker and day each: every share is hashed again. The first of equal ones. */
export function findBestShares(segment: Segment): BestShare[] {
  const search = new BestSearch(segment)
  for (const record of segment.records) {
    if (record.kind === 'job') search.jobs.push(record)
    else if (record.kind === 'worker') search.workers.push(record)
    else if (record.kind === 'share') search.look(record)
  }
  return search.candidates.flat()
}

type Candidate = { -readonly [K in keyof BestShare]: BestShare[K] }

class BestSearch {
  readonly jobs: JobRecord[] = []
  readonly workers: WorkerRecord[] = []
  /** By worker record, one a day: a segment hardly ever has two. */
  readonly candidates: Candidate[][] = []
  readonly #segment: Segment
  readonly #hasher = new ShareHasher()
  readonly #header = new Uint8Array(HEADER_BYTES)
  readonly #hash = new Uint8Array(HASH_BYTES)
  /** Of solo jobs, as their workers had them. */
  readonly #paidJobs = new Map<string, JobContent>()

  constructor(segment: Segment) {
    this.#segment = segment
  }

  look(share: ShareRecord): void {
    const { extranonce1, extranonce2, version, ntime, nonce, acceptedAtMs, jobRef, workerRef } = share
    const job = this.#jobOf(share)
    this.#hasher.hash(this.#header, this.#hash, job, extranonce1, extranonce2, version, ntime, nonce)
    const hashNumber = numberOfHash(this.#hash)
    const dayMs = acceptedAtMs - (acceptedAtMs % DAY_MS)
    const days = (this.candidates[workerRef] ??= [])
    const known = days.find((one) => one.dayMs === dayMs)
    const { height } = this.jobs[jobRef]!
    if (known === undefined)
      days.push({ identity: this.workers[workerRef]!, dayMs, hashNumber, share, job, height })
    else if (hashNumber < known.hashNumber) Object.assign(known, { hashNumber, share, job, height })
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
