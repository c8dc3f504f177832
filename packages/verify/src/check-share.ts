import { scoreOfWork, workOfNbits } from '@headframe/core/accounting/score'
import { displayHash } from '@headframe/core/chain/header'
import type { Network } from '@headframe/core/chain/network'
import {
  isHashAtMost,
  targetOfDifficulty,
  targetOfNbits,
  targetToBytes,
  workOfTarget,
} from '@headframe/core/chain/target'
import { paidJob } from '@headframe/core/journal/paid-job'
import type { JobContent, JobRecord, ShareRecord, WorkerRecord } from '@headframe/core/journal/segment'
import { ShareHasher } from '@headframe/core/share/share-hasher'
import type { FaultCode } from './fault.js'
import type { Tip, TipMemory } from './tip-memory.js'

/** Difficulties and targets that are remembered; then it begins again from nothing. */
const MAX_MEMO = 4096

/** A job as it has been looked at: what its shares are hashed with and valued by. */
export interface CheckedJob {
  readonly record: JobRecord
  readonly tip: Tip
  /** As the coinbase has it. */
  readonly jobNumber: number
  readonly networkTarget: Uint8Array
  readonly networkWork: bigint
  /** What its shares score, by difficulty: a division of 256 bits, and few difficulties. */
  readonly scores: Map<number, bigint>
  /** Of a job that pays its finder: by his name. */
  readonly paid: Map<string, JobContent>
}

export interface CheckedShare {
  /** Of its job. */
  readonly height: number
  readonly score: bigint
  /** In display order; undefined unless the share is worth a block. */
  readonly blockHash: string | undefined
}

type OnFault = (code: FaultCode, what: string) => void

/** Checks shares one by one: that each was worked for, once, and for what it credits. */
export class ShareChecker {
  readonly #network: Network
  readonly #tips: TipMemory
  readonly #hasher = new ShareHasher()
  readonly #header = new Uint8Array(80)
  readonly #hash = new Uint8Array(32)
  readonly #targets = new Map<number, { readonly target: Uint8Array; readonly work: bigint }>()

  constructor(network: Network, tips: TipMemory) {
    this.#network = network
    this.#tips = tips
  }

  /** Undefined, with a fault, for a job whose shares cannot be checked. */
  checkJob(record: JobRecord, onFault: OnFault): CheckedJob | undefined {
    const { prevHash, height, nbits, coinbasePrefix } = record
    const target = targetOfNbits(nbits)
    if (target === null) {
      onFault('share-job', `job ${record.jobId}: its nbits stand for no target`)
      return undefined
    }
    const tip = this.#tips.of(prevHash, height, nbits)
    if (tip === undefined) {
      onFault('share-late', `job ${record.jobId}: its tip was left long ago`)
      return undefined
    }
    if (tip.nbits !== nbits || tip.height !== height) {
      onFault('share-job', `job ${record.jobId}: another job of the tip has another height or difficulty`)
    }
    const tail = coinbasePrefix.subarray(Math.max(0, coinbasePrefix.length - 4))
    const jobNumber = tail.reduce((number, byte) => number * 256 + byte, 0)
    const networkTarget = targetToBytes(target)
    return {
      record,
      tip,
      jobNumber,
      networkTarget,
      networkWork: workOfNbits(nbits),
      scores: new Map(),
      paid: new Map(),
    }
  }

  check(job: CheckedJob, worker: WorkerRecord, share: ShareRecord, onFault: OnFault): CheckedShare {
    const { target, work } = this.#targetOf(share.assignedDifficulty)
    const isHashed = this.#hashShare(job, worker, share, onFault)
    if (isHashed && !isHashAtMost(this.#hash, target)) {
      const credited = `the target of difficulty ${share.assignedDifficulty} that it is credited for`
      onFault('share-work', `its hash ${displayHash(this.#hash)} is above ${credited}`)
    }
    if (isHashed && !this.#tips.add(job.tip, this.#hash)) {
      onFault('share-duplicate', `its hash ${displayHash(this.#hash)} is there already`)
    }
    this.#checkDifficulty(job, share, onFault)
    const isBlock = isHashed && isHashAtMost(this.#hash, job.networkTarget)
    return {
      height: job.record.height,
      score: scoreIn(job, share.assignedDifficulty, work),
      blockHash: isBlock ? displayHash(this.#hash) : undefined,
    }
  }

  #hashShare(job: CheckedJob, worker: WorkerRecord, share: ShareRecord, onFault: OnFault): boolean {
    const content = this.#contentOf(job, worker, onFault)
    if (content === undefined) return false
    const { extranonce1, extranonce2, version, ntime, nonce } = share
    this.#hasher.hash(this.#header, this.#hash, content, extranonce1, extranonce2, version, ntime, nonce)
    return true
  }

  #contentOf({ record, paid }: CheckedJob, worker: WorkerRecord, onFault: OnFault): JobContent | undefined {
    if (record.openSuffix === undefined) return record
    let content = paid.get(worker.address)
    if (content !== undefined) return content
    try {
      content = paidJob(record, worker, this.#network)
    } catch (error) {
      onFault('share-job', (error as Error).message)
      return undefined
    }
    paid.set(worker.address, content)
    return content
  }

  /** A search space, which a job and an extranonce1 are, has one difficulty (decision 1). */
  #checkDifficulty({ tip, jobNumber }: CheckedJob, share: ShareRecord, onFault: OnFault): void {
    let ofJob = tip.difficulties.get(jobNumber)
    if (ofJob === undefined) {
      ofJob = new Map()
      tip.difficulties.set(jobNumber, ofJob)
    }
    let extranonce1 = 0
    for (const byte of share.extranonce1) extranonce1 = extranonce1 * 256 + byte
    const known = ofJob.get(extranonce1)
    if (known === undefined) ofJob.set(extranonce1, share.assignedDifficulty)
    else if (known !== share.assignedDifficulty) {
      const other = `others of its search space for ${known}`
      onFault('share-difficulty', `it is credited for difficulty ${share.assignedDifficulty}, ${other}`)
    }
  }

  #targetOf(difficulty: number): { readonly target: Uint8Array; readonly work: bigint } {
    let memo = this.#targets.get(difficulty)
    if (memo === undefined) {
      if (this.#targets.size >= MAX_MEMO) this.#targets.clear()
      const target = targetOfDifficulty(difficulty)
      memo = { target: targetToBytes(target), work: workOfTarget(target) }
      this.#targets.set(difficulty, memo)
    }
    return memo
  }
}

function scoreIn({ scores, networkWork }: CheckedJob, difficulty: number, work: bigint): bigint {
  let score = scores.get(difficulty)
  if (score === undefined) {
    score = scoreOfWork(work, networkWork)
    scores.set(difficulty, score)
  }
  return score
}
