import { createHash } from 'node:crypto'
import { bytesToHex } from '../../src/bytes.js'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE, type Job } from '../../src/job/job.js'
import type { AssignedJob, Submission } from '../../src/share/share.js'

export const NOW_SECONDS = 1_800_000_000
export const MASK = 0x1fffe000

/** A job made two minutes ago, on a network where every second hash is a block. */
export const JOB: Job = {
  jobId: '0000002a',
  height: 1000,
  version: 0x20000000,
  prevHash: new Uint8Array(32).fill(0x11),
  nbits: 0x207fffff,
  ntime: NOW_SECONDS - 120,
  mintime: NOW_SECONDS - 4000,
  coinbasePrefix: new Uint8Array(60).fill(0x22),
  coinbaseSuffix: new Uint8Array(90).fill(0x33),
  merklePath: [new Uint8Array(32).fill(0x44), new Uint8Array(32).fill(0x55)],
  largerSuffixes: [],
  soloSuffix: { bytes: new Uint8Array(60), payoutAt: 20 },
  coinbaseValueSats: 5_000_000_000n,
  feesSats: 0n,
  hasWitnessCommitment: false,
  transactionsId: '0000002a',
  transactionCount: 0,
  transactionsSize: 0,
  cleanJobs: true,
  createdAtMs: (NOW_SECONDS - 120) * 1000,
}

export const EASIEST_TARGET = new Uint8Array(32).fill(0xff)

export const ASSIGNED: AssignedJob = {
  job: JOB,
  extranonce1: new Uint8Array(EXTRANONCE1_SIZE).fill(0x66),
  assignedDifficulty: 1e-9,
  shareTarget: EASIEST_TARGET,
  versionMask: MASK,
}

export const SUBMISSION: Submission = {
  extranonce2: new Uint8Array(EXTRANONCE2_SIZE).fill(0x77),
  ntime: JOB.ntime,
  nonce: 0x01020304,
  versionBits: 0x00002000,
}

function sha256dHex(hex: string): string {
  const once = createHash('sha256').update(Buffer.from(hex, 'hex')).digest()
  return createHash('sha256').update(once).digest('hex')
}

function littleEndian(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0').match(/../g)!.reverse().join('')
}

/** A hash or target of 32 little-endian bytes as a number. */
export function numberOf(hex: string): bigint {
  return BigInt(`0x${hex.match(/../g)!.reverse().join('')}`)
}

/** The header hash of a submission by hex and bigint alone, sharing nothing with the code under test. */
export function referenceHash(assigned: AssignedJob, submission: Submission): string {
  const { job, versionMask } = assigned
  let node = sha256dHex(
    [job.coinbasePrefix, assigned.extranonce1, submission.extranonce2, job.coinbaseSuffix]
      .map(bytesToHex)
      .join(''),
  )
  for (const sibling of job.merklePath) node = sha256dHex(node + bytesToHex(sibling))
  let version = job.version
  for (let bit = 0; bit < 32 && submission.versionBits !== undefined; bit++) {
    const isRollable = Math.floor(versionMask / 2 ** bit) % 2 === 1
    if (!isRollable) continue
    const wasSet = Math.floor(version / 2 ** bit) % 2 === 1
    const isSet = Math.floor(submission.versionBits / 2 ** bit) % 2 === 1
    version += (Number(isSet) - Number(wasSet)) * 2 ** bit
  }
  const fields = [submission.ntime, job.nbits, submission.nonce].map(littleEndian).join('')
  return sha256dHex(littleEndian(version) + bytesToHex(job.prevHash) + node + fields)
}
