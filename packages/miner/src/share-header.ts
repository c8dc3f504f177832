import { concatBytes } from '@headframe/core/bytes'
import { serialiseHeader } from '@headframe/core/chain/header'
import { rootFromPath } from '@headframe/core/chain/merkle'
import { sha256d } from '@headframe/core/hash'
import type { PoolJob } from './pool-job.js'
import type { ShareFields } from './share-fields.js'

/** The 80 bytes to hash for a share of a job. */
export function shareHeader(job: PoolJob, share: Omit<ShareFields, 'jobId'>): Uint8Array {
  const { coinbasePrefix, extranonce1, coinbaseSuffix, prevHash, nbits, versionMask } = job
  const { extranonce2, ntime, nonce, versionBits } = share
  const coinbase = concatBytes(coinbasePrefix, extranonce1, extranonce2, coinbaseSuffix)
  // BIP 310: the bits that are sent replace those of the job.
  const version = versionBits === undefined ? job.version : (job.version & ~versionMask) | versionBits
  const merkleRoot = rootFromPath(sha256d(coinbase), job.merklePath)
  return serialiseHeader({ version, prevHash, merkleRoot, ntime, nbits, nonce })
}

/** A number as extranonce2, most significant byte first. Throws RangeError when it does not fit. */
export function extranonce2Of(counter: number, size: number): Uint8Array {
  if (counter >= 2 ** (8 * size))
    throw new RangeError(`${counter} does not fit an extranonce2 of ${size} bytes`)
  const bytes = new Uint8Array(size)
  let rest = counter
  for (let at = size - 1; at >= 0 && rest > 0; at--) {
    bytes[at] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return bytes
}
