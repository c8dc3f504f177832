import { concatBytes } from '../bytes.js'
import { blockHash, serialiseHeader } from '../chain/header.js'
import { rootFromPath } from '../chain/merkle.js'
import { sha256d } from '../hash.js'
import type { AcceptedShare, JobContent } from './segment.js'

/** The coinbase transaction a share commits to, without witness. */
export function shareCoinbase(job: JobContent, share: AcceptedShare): Uint8Array {
  return concatBytes(job.coinbasePrefix, share.extranonce1, share.extranonce2, job.coinbaseSuffix)
}

/** The 80 bytes that were hashed for a share, made again from the job archive. */
export function shareHeader(job: JobContent, share: AcceptedShare): Uint8Array {
  return serialiseHeader({
    version: share.version,
    prevHash: job.prevHash,
    merkleRoot: rootFromPath(sha256d(shareCoinbase(job, share)), job.merklePath),
    ntime: share.ntime,
    nbits: job.nbits,
    nonce: share.nonce,
  })
}

/** Header hash of a share, 32 bytes, internal order. */
export function shareHash(job: JobContent, share: AcceptedShare): Uint8Array {
  return blockHash(shareHeader(job, share))
}
