import { swapWords } from '@headframe/core/stratum/notify'
import { parseHexBytes, parseHexU32 } from '@headframe/core/stratum/hex'

/** What holds for a job when it arrives, and stays with it. */
export interface JobTerms {
  readonly extranonce1: Uint8Array
  readonly extranonce2Size: number
  /** Of the shares the pool wants. */
  readonly difficulty: number
  /** Bits of the version that may be rolled; 0 when that was not agreed. */
  readonly versionMask: number
}

/** A job as a miner receives it with `mining.notify`. Hashes are in internal order. */
export interface PoolJob extends JobTerms {
  readonly jobId: string
  readonly prevHash: Uint8Array
  readonly coinbasePrefix: Uint8Array
  readonly coinbaseSuffix: Uint8Array
  readonly merklePath: readonly Uint8Array[]
  readonly version: number
  readonly nbits: number
  readonly ntime: number
  readonly cleanJobs: boolean
}

/** Longest Merkle path of a block that fits its size limit, with room to spare. */
const MAX_MERKLE_PATH = 32

/** Reads the params of `mining.notify`; undefined when they make no sense. */
export function parseNotify(params: readonly unknown[], terms: JobTerms): PoolJob | undefined {
  const [jobId, prevHashHex, prefixHex, suffixHex, pathHex, versionHex, nbitsHex, ntimeHex, cleanJobs] =
    params
  const prevHash = readBytes(prevHashHex)
  const coinbasePrefix = readBytes(prefixHex)
  const coinbaseSuffix = readBytes(suffixHex)
  const merklePath = readPath(pathHex)
  const [version, nbits, ntime] = [versionHex, nbitsHex, ntimeHex].map(readU32)
  if (typeof jobId !== 'string' || prevHash?.length !== 32 || merklePath === undefined) return undefined
  if (coinbasePrefix === undefined || coinbaseSuffix === undefined) return undefined
  if (version === undefined || nbits === undefined || ntime === undefined) return undefined
  const fields = { jobId, coinbasePrefix, coinbaseSuffix, merklePath, version, nbits, ntime }
  return { ...terms, ...fields, prevHash: swapWords(prevHash), cleanJobs: cleanJobs === true }
}

function readPath(value: unknown): Uint8Array[] | undefined {
  if (!Array.isArray(value) || value.length > MAX_MERKLE_PATH) return undefined
  const path = value.map(readBytes)
  return path.every((hash) => hash?.length === 32) ? (path as Uint8Array[]) : undefined
}

function readBytes(value: unknown): Uint8Array | undefined {
  return typeof value === 'string' ? parseHexBytes(value) : undefined
}

function readU32(value: unknown): number | undefined {
  return typeof value === 'string' ? parseHexU32(value) : undefined
}
