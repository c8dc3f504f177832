import { writeUint32LE } from '@headframe/core/bytes'
import { HEADER_SIZE } from '@headframe/core/chain/header'
import { isHashAtMost, targetOfDifficulty, targetOfNbits, targetToBytes } from '@headframe/core/chain/target'
import { sha256dInto } from '@headframe/core/hash'
import type { PoolJob } from './pool-job.js'
import { extranonce2Of, shareHeader } from './share-header.js'
import type { ShareFields } from './share-fields.js'

/** What a hash has to be: a share of its job, one that is also a block, one that is not, or neither. */
export type Wanted = 'share' | 'block' | 'share-only' | 'too-low'

export interface SolveOptions {
  readonly wanted?: Wanted
  /** Of the share; the job's own when left out. */
  readonly difficulty?: number
  /** Searches another part of the job's space, so that each number gives another share. */
  readonly extranonce2?: number
  /** Seconds ahead of the job's ntime. */
  readonly ntimeRoll?: number
  readonly versionBits?: number
}

export interface Solution extends ShareFields {
  /** 32 bytes, internal order. */
  readonly hash: Uint8Array
  readonly isBlock: boolean
}

/** Hashes before `solve` gives up: some ten seconds. What is wanted is then too rare for a CPU. */
const MAX_HASHES = 2 ** 22

/**
 * Finds a submission for a job, on the caller's own thread: the first nonce that gives what is wanted, so the same
 * job and options always give the same submission. For tests and benchmarks at difficulties up to about 1e-4.
 * Throws when nothing was found in 2^22 hashes.
 */
export function solve(job: PoolJob, options: SolveOptions = {}): Solution {
  const { wanted = 'share', difficulty = job.difficulty, ntimeRoll = 0, versionBits } = options
  const extranonce2 = extranonce2Of(options.extranonce2 ?? 0, job.extranonce2Size)
  const fields = { jobId: job.jobId, extranonce2, ntime: job.ntime + ntimeRoll, versionBits }
  const header = shareHeader(job, { ...fields, nonce: 0 })
  const shareTarget = targetToBytes(targetOfDifficulty(difficulty))
  const networkTarget = targetToBytes(targetOfNbits(job.nbits) ?? 0n)
  const hash = new Uint8Array(32)
  for (let nonce = 0; nonce < MAX_HASHES; nonce++) {
    writeUint32LE(header, HEADER_SIZE - 4, nonce)
    sha256dInto(header, hash)
    const isShare = isHashAtMost(hash, shareTarget)
    const isBlock = isHashAtMost(hash, networkTarget)
    if (isWhatIsWanted(wanted, isShare, isBlock)) return { ...fields, nonce, hash, isBlock }
  }
  throw new Error(`no ${wanted} of difficulty ${difficulty} in ${MAX_HASHES} hashes`)
}

function isWhatIsWanted(wanted: Wanted, isShare: boolean, isBlock: boolean): boolean {
  if (wanted === 'share') return isShare
  if (wanted === 'block') return isShare && isBlock
  return wanted === 'share-only' ? isShare && !isBlock : !isShare && !isBlock
}
