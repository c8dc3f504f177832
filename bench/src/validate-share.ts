import { nbitsOfTarget, targetOfDifficulty, targetToBytes } from '@headframe/core/chain/target'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE, type Job } from '@headframe/core/job/job'
import { ShareValidator } from '@headframe/core/share/validate-share'
import type { Row } from './report.js'
import { percentile } from './percentile.js'

const ROUNDS = 15
const SHARES_PER_ROUND = 20_000
/** A block of some 4,000 transactions. */
const MERKLE_PATH_LENGTH = 12
/** A coinbase with one payee and a witness commitment. */
const COINBASE_SUFFIX_SIZE = 90
const COINBASE_PREFIX_SIZE = 70

/** One share through the checks and hashes, without socket, journal or JSON: the floor of the cost of a share. */
export function benchValidateShare(): Row[] {
  const validator = new ShareValidator()
  const assigned = {
    job: mainnetLikeJob(),
    extranonce1: new Uint8Array(EXTRANONCE1_SIZE),
    assignedDifficulty: 1e-9,
    shareTarget: targetToBytes(targetOfDifficulty(1e-9)),
    versionMask: 0x1fffe000,
  }
  const submission = {
    wireJobId: '0000000100',
    extranonce2: new Uint8Array(EXTRANONCE2_SIZE),
    ntime: assigned.job.ntime,
    nonce: 0,
    versionBits: 0x2000,
  }
  const microseconds: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const startedAtMs = performance.now()
    for (let nonce = 0; nonce < SHARES_PER_ROUND; nonce++) {
      submission.nonce = nonce
      validator.validate(assigned, assigned.extranonce1, submission, assigned.job.ntime)
    }
    // The first round warms up.
    if (round > 0) microseconds.push(((performance.now() - startedAtMs) * 1000) / SHARES_PER_ROUND)
  }
  return [
    {
      what: 'validate a share, 12-step Merkle path',
      unit: 'us',
      median: percentile(microseconds, 50),
      worst: percentile(microseconds, 100),
    },
  ]
}

function mainnetLikeJob(): Job {
  const ntime = 1_780_000_000
  return {
    jobId: '00000001',
    height: 950_000,
    version: 0x20000000,
    prevHash: new Uint8Array(32).fill(1),
    nbits: nbitsOfTarget(targetOfDifficulty(1e14)),
    ntime,
    mintime: ntime - 600,
    coinbasePrefix: new Uint8Array(COINBASE_PREFIX_SIZE).fill(2),
    coinbaseSuffix: new Uint8Array(COINBASE_SUFFIX_SIZE).fill(3),
    merklePath: Array.from({ length: MERKLE_PATH_LENGTH }, (_, index) => new Uint8Array(32).fill(index)),
    coinbaseValueSats: 312_500_000n,
    feesSats: 0n,
    hasWitnessCommitment: true,
    transactions: new Uint8Array(0),
    transactionCount: 0,
    cleanJobs: true,
    createdAtMs: ntime * 1000,
  }
}
