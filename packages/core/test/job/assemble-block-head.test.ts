import { Block as Oracle } from 'bitcoinjs-lib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex, concatBytes, hexToBytes, joinBytes } from '../../src/bytes.js'
import { parseAddress } from '../../src/chain/address.js'
import { coinbaseValueSats, parseBlock, serialiseBlock } from '../../src/chain/block.js'
import {
  blockHash,
  displayHash,
  HEADER_SIZE,
  parseDisplayHash,
  parseHeader,
  writeHeader,
} from '../../src/chain/header.js'
import { rootFromPath } from '../../src/chain/merkle.js'
import { splitTransactions } from '../../src/chain/split-transactions.js'
import { txid } from '../../src/chain/transaction.js'
import { sha256d } from '../../src/hash.js'
import { assembleBlockHead } from '../../src/job/assemble-block-head.js'
import { planFor } from '../../src/job/coinbase-plan.js'
import { buildJob } from '../../src/job/build-job.js'
import { assembleCoinbase } from '../../src/job/coinbase.js'
import type { Job } from '../../src/job/job.js'
import { parseBlockTemplate } from '../../src/template/block-template.js'
import { acceptedBlock } from '../read-vectors.js'
import { extranonces, jobParts } from './job-parts.js'

function headerOf(job: Job, extranonce1: Uint8Array, extranonce2: Uint8Array, nonce: number): Uint8Array {
  const root = rootFromPath(sha256d(assembleCoinbase(job, extranonce1, extranonce2)), job.merklePath)
  const header = new Uint8Array(HEADER_SIZE)
  writeHeader(header, job.version, job.prevHash, root, job.ntime, job.nbits, nonce)
  return header
}

describe('assembleBlockHead', () => {
  it('makes, byte for byte, the block that a real node accepted', () => {
    const vector = acceptedBlock()
    const payee = parseAddress(vector.address, 'regtest')
    if (!payee.ok) throw new Error(payee.message)
    const job = buildJob({
      template: parseBlockTemplate(vector.template),
      jobId: '00000001',
      plan: planFor(payee.script),
      poolTag: '/Headframe/',
      cleanJobs: true,
      createdAtMs: 0,
    })
    const extranonce1 = hexToBytes('00acacacac')
    const extranonce2 = hexToBytes('acacacacacacacac')
    const { nonce } = parseHeader(hexToBytes(vector.block.slice(0, 2 * HEADER_SIZE)))
    const header = headerOf(job, extranonce1, extranonce2, nonce)
    expect(displayHash(blockHash(header))).toBe(vector.hash)
    const head = assembleBlockHead(job, header, extranonce1, extranonce2)
    const { transactions } = parseBlockTemplate(vector.template)
    expect(bytesToHex(concatBytes(head, transactions))).toBe(vector.block)
  })

  it('made that block with the transactions and the weight the node sees in it', () => {
    const vector = acceptedBlock()
    const block = parseBlock(hexToBytes(vector.block))
    expect(block.transactions.map((transaction) => displayHash(txid(transaction)))).toEqual(vector.txids)
    expect(block.header.merkleRoot).toEqual(parseDisplayHash(vector.merkleRoot))
    expect(Oracle.fromHex(vector.block).weight()).toBe(vector.weight)
    expect(coinbaseValueSats(block)).toBe(BigInt(vector.template['coinbasevalue'] as number))
  })

  it('makes blocks that another implementation finds whole, over any transactions', () => {
    fc.assert(
      fc.property(jobParts, extranonces, (parts, { extranonce1, extranonce2 }) => {
        const job = buildJob(parts)
        const header = headerOf(job, extranonce1, extranonce2, 7)
        const head = assembleBlockHead(job, header, extranonce1, extranonce2)
        const bytes = concatBytes(head, parts.template.transactions)
        const other = Oracle.fromHex(bytesToHex(bytes))
        expect(other.toHex()).toBe(bytesToHex(bytes))
        // Merkle root, and the witness commitment when there is one.
        expect(other.transactions).toHaveLength(parts.template.transactionCount + 1)
        expect(other.hasWitnessCommit()).toBe(job.hasWitnessCommitment)
        // Without a commitment a witness has no place in a block: such a template cannot be parsed.
        if (job.hasWitnessCommitment || !other.hasWitness()) expect(other.checkTxRoots()).toBe(true)
        const block = parseBlock(bytes)
        expect(serialiseBlock(block)).toEqual(bytes)
        const [coinbase] = block.transactions
        expect(coinbase!.inputs[0]!.witness).toEqual(job.hasWitnessCommitment ? [new Uint8Array(32)] : [])
        expect(txid(coinbase!)).toEqual(sha256d(assembleCoinbase(job, extranonce1, extranonce2)))
      }),
    )
  })

  it('writes a transaction count of three bytes when it needs them', () => {
    fc.assert(
      fc.property(jobParts, extranonces, (parts, { extranonce1, extranonce2 }) => {
        const { template } = parts
        fc.pre(template.transactionCount > 0)
        const [transaction] = splitTransactions(template.transactions, template.transactionCount)
        const transactions = joinBytes(Array.from({ length: 300 }, () => transaction!))
        const job = buildJob({ ...parts, template: { ...template, transactions, transactionCount: 300 } })
        const head = assembleBlockHead(job, new Uint8Array(HEADER_SIZE), extranonce1, extranonce2)
        const bytes = concatBytes(head, transactions)
        expect(parseBlock(bytes).transactions).toHaveLength(301)
      }),
      { numRuns: 5 },
    )
  })

  it('refuses an extranonce of another size', () => {
    fc.assert(
      fc.property(jobParts, extranonces, (parts, { extranonce1, extranonce2 }) => {
        const job = buildJob(parts)
        const header = new Uint8Array(HEADER_SIZE)
        expect(() => assembleBlockHead(job, header, extranonce1.subarray(1), extranonce2)).toThrow(RangeError)
      }),
      { numRuns: 3 },
    )
  })
})
