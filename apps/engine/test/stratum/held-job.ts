import { createHash } from 'node:crypto'
import { targetOfDifficulty } from '@headframe/core/chain/target'

/** A job as a client holds it, made of nothing but what came over the wire. Hex as it was sent. */
export interface HeldJob {
  readonly jobId: string
  readonly prevHash: string
  readonly coinb1: string
  readonly coinb2: string
  readonly branches: readonly string[]
  readonly version: string
  readonly nbits: string
  readonly ntime: string
  readonly cleanJobs: boolean
  /** Difficulty that was announced before the job. */
  readonly difficulty: number
  readonly extranonce1: string
}

export type NotifyParams = readonly [
  string,
  string,
  string,
  string,
  readonly string[],
  string,
  string,
  string,
  boolean,
]

export function holdJob(params: NotifyParams, difficulty: number, extranonce1: string): HeldJob {
  const [jobId, prevHash, coinb1, coinb2, branches, version, nbits, ntime, cleanJobs] = params
  const wire = { jobId, prevHash, coinb1, coinb2, branches, version, nbits, ntime, cleanJobs }
  return { ...wire, difficulty, extranonce1 }
}

/** Bytes of the coinbase that the client puts together. */
export function coinbaseBytesOf(job: HeldJob, extranonce2: string): number {
  return (job.coinb1.length + job.extranonce1.length + extranonce2.length + job.coinb2.length) / 2
}

export interface Search {
  readonly extranonce2: string
  readonly versionBits: number
  /** First nonce to try. */
  readonly from: number
}

/** Harder shares than this would keep a test waiting. */
export const MAX_MINED_DIFFICULTY = 1e-6

/** The first nonce whose hash meets the job's difficulty, searched as a client does it: from the wire's fields. */
export function mine(job: HeldJob, { extranonce2, versionBits, from }: Search): number {
  if (job.difficulty > MAX_MINED_DIFFICULTY) throw new Error(`nobody waits for difficulty ${job.difficulty}`)
  const header = headerOf(job, extranonce2, versionBits)
  const target = targetOfDifficulty(job.difficulty)
  for (let nonce = from; ; nonce++) if (hashWith(header, nonce) <= target) return nonce
}

export interface Found {
  readonly extranonce2: string
  readonly versionBits: number
  readonly nonce: number
}

/** The number that is compared with the target. */
export function hashOf(job: HeldJob, { extranonce2, versionBits, nonce }: Found): bigint {
  return hashWith(headerOf(job, extranonce2, versionBits), nonce)
}

export function meetsDifficulty(job: HeldJob, found: Found): boolean {
  return hashOf(job, found) <= targetOfDifficulty(job.difficulty)
}

function hashWith(header: Buffer, nonce: number): bigint {
  header.writeUInt32LE(nonce, 76)
  return BigInt(`0x${sha256d(header).reverse().toString('hex')}`)
}

/** The header with its nonce still open, 80 bytes. */
function headerOf(job: HeldJob, extranonce2: string, versionBits: number): Buffer {
  let root = sha256d(Buffer.from(job.coinb1 + job.extranonce1 + extranonce2 + job.coinb2, 'hex'))
  for (const branch of job.branches) root = sha256d(Buffer.concat([root, Buffer.from(branch, 'hex')]))
  const header = Buffer.alloc(80)
  header.writeUInt32LE((Number.parseInt(job.version, 16) | versionBits) >>> 0, 0)
  // Stratum sends the previous hash as words of the other byte order.
  Buffer.from(job.prevHash, 'hex').swap32().copy(header, 4)
  root.copy(header, 36)
  header.writeUInt32LE(Number.parseInt(job.ntime, 16), 68)
  header.writeUInt32LE(Number.parseInt(job.nbits, 16), 72)
  return header
}

function sha256d(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(createHash('sha256').update(bytes).digest()).digest()
}
