import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { merkleRoot, rootFromPath } from '../../src/chain/merkle.js'
import { splitTransactions } from '../../src/chain/split-transactions.js'
import { parseTransaction, txid } from '../../src/chain/transaction.js'
import { buildJob } from '../../src/job/build-job.js'
import { assembleCoinbase, buildCoinbase } from '../../src/job/coinbase.js'
import { extranonces, jobParts } from './job-parts.js'

describe('buildJob', () => {
  it('carries over what the template says, except for version bits that miners roll', () => {
    fc.assert(
      fc.property(jobParts, (parts) => {
        const { template } = parts
        const job = buildJob(parts)
        expect(job).toMatchObject({
          jobId: parts.jobId,
          height: template.height,
          version: (template.version & 0xe0001fff) >>> 0,
          prevHash: template.prevHash,
          nbits: template.nbits,
          ntime: template.ntime,
          mintime: template.mintime,
          coinbaseValueSats: template.coinbaseValueSats,
          feesSats: template.feesSats,
          hasWitnessCommitment: template.witnessCommitmentScript !== undefined,
          transactionsId: parts.jobId,
          transactionCount: template.transactionCount,
          transactionsSize: template.transactions.length,
          cleanJobs: parts.cleanJobs,
          createdAtMs: parts.createdAtMs,
          ...buildCoinbase(parts),
        })
      }),
    )
  })

  it('has the path that leads from any coinbase to the root', () => {
    fc.assert(
      fc.property(jobParts, extranonces, (parts, { extranonce1, extranonce2 }) => {
        const job = buildJob(parts)
        const coinbaseTxid = txid(parseTransaction(assembleCoinbase(job, extranonce1, extranonce2)))
        const { transactions, transactionCount } = parts.template
        const txids = splitTransactions(transactions, transactionCount).map((bytes) =>
          txid(parseTransaction(bytes)),
        )
        expect(rootFromPath(coinbaseTxid, job.merklePath)).toEqual(merkleRoot([coinbaseTxid, ...txids]))
      }),
    )
  })

  it('is a plain message that another process gets as it is', () => {
    fc.assert(
      fc.property(jobParts, (parts) => {
        const job = buildJob(parts)
        expect(structuredClone(job)).toEqual(job)
      }),
    )
  })
})
