import fc from 'fast-check'
import { joinBytes } from '../../src/bytes.js'
import { merklePath } from '../../src/chain/merkle.js'
import { serialiseTransaction, txid, wtxid, type Transaction } from '../../src/chain/transaction.js'
import {
  WITNESS_RESERVED_VALUE,
  witnessCommitment,
  witnessCommitmentScript,
  witnessRoot,
} from '../../src/chain/witness.js'
import { planFor } from '../../src/job/coinbase-plan.js'
import type { JobParts } from '../../src/job/build-job.js'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE } from '../../src/job/job.js'
import type { BlockTemplate } from '../../src/template/block-template.js'
import { bytesOfSize, hash, transaction, uint32 } from '../arbitraries.js'

/** What a node would offer for these transactions: fees of a satoshi each. */
function templateOf(
  transactions: readonly Transaction[],
  fields: Pick<BlockTemplate, 'height' | 'version' | 'prevHash' | 'ntime'>,
  isSegwit: boolean,
): BlockTemplate {
  const commitment = witnessCommitment(witnessRoot(transactions.map(wtxid)), WITNESS_RESERVED_VALUE)
  return {
    ...fields,
    nbits: 0x207fffff,
    mintime: fields.ntime,
    coinbaseValueSats: 5_000_000_000n + BigInt(transactions.length),
    feesSats: BigInt(transactions.length),
    coinbaseFlags: new Uint8Array(0),
    witnessCommitmentScript: isSegwit ? witnessCommitmentScript(commitment) : undefined,
    transactions: joinBytes(transactions.map(serialiseTransaction)),
    transactionCount: transactions.length,
    transactionsWeight: 0,
    merklePath: merklePath(transactions.map(txid)),
    longpollId: undefined,
  }
}

/** Parts of a job over any transactions: with witness when the template is one of segwit. */
export const jobParts: fc.Arbitrary<JobParts> = fc
  .record({
    transactions: fc.array(transaction, { maxLength: 12 }),
    height: fc.integer({ min: 1, max: 0x7fffffff }),
    version: uint32,
    prevHash: hash,
    ntime: uint32,
    isSegwit: fc.boolean(),
    jobId: uint32.map((id) => id.toString(16).padStart(8, '0')),
    plan: fc.uint8Array({ minLength: 1, maxLength: 40 }).map(planFor),
    poolTag: fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
      maxLength: 40,
    }),
    cleanJobs: fc.boolean(),
  })
  .map(({ transactions, isSegwit, height, version, prevHash, ntime, ...parts }) => ({
    ...parts,
    template: templateOf(transactions, { height, version, prevHash, ntime }, isSegwit),
    createdAtMs: ntime * 1000,
  }))

export const extranonces = fc.record({
  extranonce1: bytesOfSize(EXTRANONCE1_SIZE),
  extranonce2: bytesOfSize(EXTRANONCE2_SIZE),
})
