import type { WorkerIdentity } from '@headframe/core/journal/segment'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE, type Job } from '@headframe/core/job/job'
import type { JournalShare } from '../../src/journal/writer-options.js'

export function jobNumber(number: number): Job {
  return {
    jobId: number.toString(16).padStart(8, '0'),
    height: 800_000 + number,
    version: 0x20000000,
    prevHash: new Uint8Array(32).fill(number),
    nbits: 0x207fffff,
    ntime: 1_700_000_000,
    mintime: 1_700_000_000,
    coinbasePrefix: new Uint8Array(120).fill(1),
    coinbaseSuffix: new Uint8Array(80).fill(2),
    merklePath: [new Uint8Array(32).fill(3)],
    largerSuffixes: [],
    soloSuffix: { bytes: new Uint8Array(60), payoutAt: 20 },
    coinbaseValueSats: 5_000_000_000n,
    feesSats: 0n,
    hasWitnessCommitment: true,
    transactionsId: '0000002a',
    transactionCount: 0,
    transactionsSize: 0,
    cleanJobs: true,
    createdAtMs: 1_700_000_000_000,
  }
}

export const JOB = jobNumber(1)
export const WORKER: WorkerIdentity = { address: 'bcrt1qminer', workerName: 'rig', mode: 'pplns' }

export interface ShareOptions {
  readonly worker?: WorkerIdentity
  readonly job?: Job
  readonly ntime?: number
  readonly atMs?: number
}

/** A share that its nonce tells from all others. */
export function shareNumber(nonce: number, options: ShareOptions = {}): JournalShare {
  const { worker = WORKER, job = JOB, ntime = 1_700_000_000, atMs = 1_700_000_000_123 } = options
  return {
    worker,
    assigned: { job, extranonce1: new Uint8Array(EXTRANONCE1_SIZE), assignedDifficulty: 1 + (nonce % 5) },
    submission: { extranonce2: new Uint8Array(EXTRANONCE2_SIZE).fill(nonce), ntime, nonce },
    check: { version: 0x20000000 },
    atMs,
  }
}
