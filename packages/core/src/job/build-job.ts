import type { BlockTemplate } from '../template/block-template.js'
import { buildCoinbase, type CoinbaseParts } from './coinbase.js'
import type { Job } from './job.js'
import { ROLLABLE_VERSION_BITS } from './version-bits.js'

export interface JobParts extends CoinbaseParts {
  readonly template: BlockTemplate
  readonly cleanJobs: boolean
  readonly createdAtMs: number
}

/** Does once what would else be done for every miner and every share. Throws as `buildCoinbase` does. */
export function buildJob(parts: JobParts): Job {
  const { template, jobId, cleanJobs, createdAtMs } = parts
  return {
    jobId,
    height: template.height,
    version: (template.version & ~ROLLABLE_VERSION_BITS) >>> 0,
    prevHash: template.prevHash,
    nbits: template.nbits,
    ntime: template.ntime,
    mintime: template.mintime,
    ...buildCoinbase(parts),
    merklePath: template.merklePath,
    coinbaseValueSats: template.coinbaseValueSats,
    feesSats: template.feesSats,
    hasWitnessCommitment: template.witnessCommitmentScript !== undefined,
    transactionsId: jobId,
    transactionCount: template.transactionCount,
    transactionsSize: template.transactions.length,
    cleanJobs,
    createdAtMs,
  }
}
