import { joinBytes } from '../bytes.js'
import { merklePath } from '../chain/merkle.js'
import type { BlockTemplate } from '../template/block-template.js'
import { buildCoinbase } from './coinbase.js'
import type { Job } from './job.js'

export interface JobParts {
  readonly template: BlockTemplate
  readonly jobId: string
  /** Output script that is paid the whole coinbase value. */
  readonly poolScript: Uint8Array
  /** See `pool-tag.ts`. */
  readonly poolTag: string
  readonly cleanJobs: boolean
  readonly createdAtMs: number
}

/** Does once what would else be done for every miner and every share. Throws as `buildCoinbase` does. */
export function buildJob({ template, jobId, poolScript, poolTag, cleanJobs, createdAtMs }: JobParts): Job {
  const { transactions } = template
  return {
    jobId,
    height: template.height,
    version: template.version,
    prevHash: template.prevHash,
    nbits: template.nbits,
    ntime: template.ntime,
    mintime: template.mintime,
    ...buildCoinbase(template, poolScript, poolTag),
    merklePath: merklePath(transactions.map(({ txid }) => txid)),
    coinbaseValueSats: template.coinbaseValueSats,
    feesSats: template.feesSats,
    hasWitnessCommitment: template.witnessCommitmentScript !== undefined,
    transactions: joinBytes(transactions.map(({ data }) => data)),
    transactionCount: transactions.length,
    cleanJobs,
    createdAtMs,
  }
}
