import { displayHash } from '@headframe/core/chain/header'
import { difficultyOfTarget, isHashAtMost, targetOfBytes } from '@headframe/core/chain/target'
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
  /** Of the hash; at least what the share was credited. */
  readonly difficulty: number
  /** Display order, hex. */
  readonly hash: string
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

interface Candidate {
  readonly identity: WorkerRecord
  readonly dayMs: number
  /** The lowest so far, internal order. */
  readonly hash: Uint8Array
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
  readonly #candidates = new Map<string, Candidate>()
  /** Of solo jobs, as their workers had them. */
  readonly #paidJobs = new Map<string, JobContent>()

  constructor(segment: Segment) {
    this.#segment = segment
  }

  look(share: ShareRecord): void {
    const { extranonce1, extranonce2, version, ntime, nonce, acceptedAtMs } = share
    const job = this.#jobOf(share)
    this.#hasher.hash(this.#header, this.#hash, job, extranonce1, extranonce2, version, ntime, nonce)
    const dayMs = acceptedAtMs - (acceptedAtMs % DAY_MS)
    const key = `${share.workerRef} ${dayMs}`
    const known = this.#candidates.get(key)
    if (known !== undefined && isHashAtMost(known.hash, this.#hash)) return
    const found = known ?? this.#begin(key, share, dayMs)
    found.hash.set(this.#hash)
    found.job = this.jobs[share.jobRef]!
    found.acceptedAtMs = acceptedAtMs
  }

  result(): BestShare[] {
    return [...this.#candidates.values()].map(({ identity, dayMs, hash, job, acceptedAtMs }) => ({
      identity,
      dayMs,
      difficulty: difficultyOfTarget(targetOfBytes(hash)),
      hash: displayHash(hash),
      height: job.height,
      nbits: job.nbits,
      acceptedAtMs,
    }))
  }

  #begin(key: string, share: ShareRecord, dayMs: number): Candidate {
    const job = this.jobs[share.jobRef]!
    const identity = this.workers[share.workerRef]!
    const begun = { identity, dayMs, hash: new Uint8Array(HASH_BYTES), job, acceptedAtMs: share.acceptedAtMs }
    this.#candidates.set(key, begun)
    return begun
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
