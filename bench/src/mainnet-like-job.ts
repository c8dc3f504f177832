import { nbitsOfTarget, targetOfDifficulty } from '@headframe/core/chain/target'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE, type Job } from '@headframe/core/job/job'

/** A block of some 4,000 transactions. */
export const MERKLE_PATH_LENGTH = 12
/** With a pool tag, a payee, a witness commitment and a few outputs more. */
export const COINBASE_SIZE = 250
const COINBASE_PREFIX_SIZE = 80
const COINBASE_SUFFIX_SIZE = COINBASE_SIZE - COINBASE_PREFIX_SIZE - EXTRANONCE1_SIZE - EXTRANONCE2_SIZE

/** A job of the size that jobs have on mainnet. Its bytes are no transaction. */
export function mainnetLikeJob(): Job {
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
    largerSuffixes: [],
    soloSuffix: { bytes: new Uint8Array(60), payoutAt: 20 },
    coinbaseValueSats: 312_500_000n,
    feesSats: 0n,
    hasWitnessCommitment: true,
    transactionsId: '0000002a',
    transactionCount: 0,
    transactionsSize: 0,
    cleanJobs: true,
    createdAtMs: ntime * 1000,
  }
}
