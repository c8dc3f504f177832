import { bytesToHex, writeUint32LE } from '@headframe/core/bytes'
import { HEADER_SIZE } from '@headframe/core/chain/header'
import { isHashAtMost, targetOfDifficulty, targetToBytes } from '@headframe/core/chain/target'
import { sha256dInto } from '@headframe/core/hash'
import { formatHexU32 } from '@headframe/core/stratum/hex'
import type { PoolJob } from '@headframe/miner/pool-job'
import { extranonce2Of, shareHeader } from '@headframe/miner/share-header'

/** Submits with real proof of work, ready to be written: line after line, so that a window of them is one write. */
export interface ShareLines {
  readonly bytes: Buffer
  /** Where line number n ends. */
  readonly ends: Uint32Array
  readonly count: number
}

export const NO_SHARES: ShareLines = { bytes: Buffer.alloc(0), ends: new Uint32Array(0), count: 0 }

/** Hashes for one share before the difficulty is called too high for a benchmark. */
const MAX_HASHES = 2 ** 22

const hash = new Uint8Array(32)

/**
 * Finds `count` shares of a job. Each has an extranonce2 of its own, as those of a fast miner have, so that the pool
 * has the whole coinbase and Merkle path to hash for each. Ids count up from `firstId`.
 */
export function mineShares(job: PoolJob, username: string, firstId: number, count: number): ShareLines {
  const shareTarget = targetToBytes(targetOfDifficulty(job.difficulty))
  const ends = new Uint32Array(count)
  const lines: Buffer[] = []
  let length = 0
  for (let number = 0; number < count; number++) {
    const extranonce2 = extranonce2Of(number + 1, job.extranonce2Size)
    const header = shareHeader(job, { extranonce2, ntime: job.ntime, nonce: 0 })
    const nonce = findNonce(header, shareTarget)
    const params = [
      username,
      job.jobId,
      bytesToHex(extranonce2),
      formatHexU32(job.ntime),
      formatHexU32(nonce),
    ]
    const request = { id: firstId + number, method: 'mining.submit', params }
    const line = Buffer.from(`${JSON.stringify(request)}\n`)
    lines.push(line)
    length += line.length
    ends[number] = length
  }
  return { bytes: Buffer.concat(lines, length), ends, count }
}

function findNonce(header: Uint8Array, shareTarget: Uint8Array): number {
  for (let nonce = 0; nonce < MAX_HASHES; nonce++) {
    writeUint32LE(header, HEADER_SIZE - 4, nonce)
    sha256dInto(header, hash)
    if (isHashAtMost(hash, shareTarget)) return nonce
  }
  throw new Error(`no share in ${MAX_HASHES} hashes: the difficulty is too high to mine for a benchmark`)
}
