import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hexToBytes } from '../../src/bytes.js'
import { splitTransactions } from '../../src/chain/split-transactions.js'
import { parseTransaction, txid, type Transaction } from '../../src/chain/transaction.js'
import { merklePath } from '../../src/chain/merkle.js'
import { findWitnessCommitment, witnessCommitment, witnessRoot } from '../../src/chain/witness.js'
import { wtxid } from '../../src/chain/transaction.js'
import { buildJob } from '../../src/job/build-job.js'
import { assembleCoinbase } from '../../src/job/coinbase.js'
import { planFor } from '../../src/job/coinbase-plan.js'
import { coinbaseReserve } from '../../src/job/coinbase-reserve.js'
import { parseBlockTemplate, type BlockTemplate } from '../../src/template/block-template.js'
import type { BlockCost } from '../../src/template/fit-transactions.js'
import { extranonces, jobParts } from '../job/job-parts.js'
import { plannedOutputs, scriptOf } from '../job/planned-outputs.js'
import { acceptedBlock } from '../read-vectors.js'

interface JsonTransaction {
  readonly data: string
  readonly fee: number
  readonly weight: number
  readonly sigops: number
}

const { template: JSON_TEMPLATE } = acceptedBlock()
const OFFERED = JSON_TEMPLATE['transactions'] as JsonTransaction[]
const LIMIT_NAMES = { weight: 'weightlimit', sizeBytes: 'sizelimit', sigops: 'sigoplimit' } as const
const LARGEST_FRAME: BlockCost = { weight: 4 * 81, sizeBytes: 81, sigops: 0 }

/** What the node says that a transaction costs. */
const costOf = ({ data, weight, sigops }: JsonTransaction): BlockCost => ({
  weight,
  sizeBytes: data.length / 2,
  sigops,
})

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

/** The real template under a limit that some of its transactions fit into, and what is left of it. */
const tightTemplate = fc
  .record({
    limit: fc.constantFrom<keyof BlockCost>('weight', 'sizeBytes', 'sigops'),
    room: fc.double({ min: 0, max: 1.1, noNaN: true }),
    reserve: fc.record({ weight: fc.nat(50_000), sizeBytes: fc.nat(20_000), sigops: fc.nat(400) }),
  })
  .map(({ limit, room, reserve }) => {
    const costs = OFFERED.map((transaction) => costOf(transaction)[limit])
    const allowed = Math.floor((LARGEST_FRAME[limit] + reserve[limit] + sumOf(costs)) * room)
    const json = { ...JSON_TEMPLATE, [LIMIT_NAMES[limit]]: allowed }
    return {
      template: parseBlockTemplate(json, reserve),
      costs,
      allowed,
      first: LARGEST_FRAME[limit] + reserve[limit],
    }
  })

const transactionsOf = ({ transactions, transactionCount }: BlockTemplate): Transaction[] =>
  splitTransactions(transactions, transactionCount).map(parseTransaction)

describe('a template without room for its coinbase', () => {
  it('keeps as many transactions from the first on as there is room for, and no more', () => {
    fc.assert(
      fc.property(tightTemplate, ({ template, costs, allowed, first }) => {
        const count = template.transactionCount
        if (count > 0) expect(first + sumOf(costs.slice(0, count))).toBeLessThanOrEqual(allowed)
        if (count < costs.length) expect(first + sumOf(costs.slice(0, count + 1))).toBeGreaterThan(allowed)
        const kept = OFFERED.slice(0, count).map(({ data }) => data)
        expect(template.transactions).toEqual(hexToBytes(kept.join('')))
      }),
    )
  })

  it('has the fees, the value, the Merkle path and the commitment of what is left in it', () => {
    fc.assert(
      fc.property(tightTemplate, extranonces, ({ template }, { extranonce1, extranonce2 }) => {
        const fees = BigInt(sumOf(OFFERED.slice(0, template.transactionCount).map(({ fee }) => fee)))
        expect(template.feesSats).toBe(fees)
        expect(template.coinbaseValueSats).toBe(5_000_000_000n + fees)
        const transactions = transactionsOf(template)
        expect(template.merklePath).toEqual(merklePath(transactions.map(txid)))
        const job = buildJob({
          template,
          jobId: '00000001',
          plan: planFor(scriptOf('p2tr', 1)),
          poolTag: '',
          cleanJobs: true,
          createdAtMs: 0,
        })
        const coinbase = parseTransaction(assembleCoinbase(job, extranonce1, extranonce2))
        const commitment = witnessCommitment(witnessRoot(transactions.map(wtxid)), new Uint8Array(32))
        expect(findWitnessCommitment(coinbase)).toEqual(commitment)
      }),
    )
  })

  it('counts the signature operations of the flags that the node wants in the coinbase', () => {
    const sigops = sumOf(OFFERED.map((transaction) => transaction.sigops))
    const json = { ...JSON_TEMPLATE, sigoplimit: sigops + 4 }
    expect(parseBlockTemplate({ ...json, coinbaseaux: { flags: 'ac' } }).transactionCount).toBe(
      OFFERED.length,
    )
    expect(parseBlockTemplate({ ...json, coinbaseaux: { flags: 'acac' } }).transactionCount).toBeLessThan(
      OFFERED.length,
    )
  })

  it('is as the node sent it where the node names no limit, or leaves room', () => {
    const { weightlimit, sizelimit, sigoplimit, ...unlimited } = JSON_TEMPLATE
    expect([weightlimit, sizelimit, sigoplimit]).not.toContain(undefined)
    const reserve = coinbaseReserve(planFor(scriptOf('p2pkh', 1)))
    for (const json of [unlimited, JSON_TEMPLATE]) {
      expect(parseBlockTemplate(json, reserve)).toEqual(parseBlockTemplate(json))
    }
  })

  it.each(['weight', 'sigops'])('must say the %s of each transaction', (field) => {
    const transactions = OFFERED.map((transaction) => ({ ...transaction, [field]: undefined }))
    expect(() => parseBlockTemplate({ ...JSON_TEMPLATE, transactions })).toThrow(`transactions[0].${field}`)
  })
})

describe('the reserve of a plan', () => {
  it('is enough for each of its coinbases, and at most 100 bytes too much', () => {
    fc.assert(
      fc.property(jobParts, plannedOutputs(3), extranonces, (parts, fixed, { extranonce1, extranonce2 }) => {
        const plan = { ...parts.plan, fixed, solo: [] }
        const { weight, sizeBytes } = coinbaseReserve(plan)
        const job = buildJob({ ...parts, plan })
        const size = assembleCoinbase(job, extranonce1, extranonce2).length
        expect(size + 36).toBeLessThanOrEqual(sizeBytes)
        expect(4 * size + 36).toBeLessThanOrEqual(weight)
      }),
    )
    const { sizeBytes } = coinbaseReserve(planFor(scriptOf('p2tr', 1)))
    const [parts] = fc.sample(jobParts, { numRuns: 1, seed: 1 })
    const job = buildJob({ ...parts!, plan: planFor(scriptOf('p2tr', 1)), poolTag: '' })
    expect(sizeBytes - 36 - assembleCoinbase(job, new Uint8Array(5), new Uint8Array(8)).length).toBeLessThan(
      150,
    )
  })

  it('counts the signature operations of whom it pays: of every solo miner as if he had the kind that has one', () => {
    const fee = { script: scriptOf('p2pkh', 2), basisPoints: 100 }
    expect(coinbaseReserve(planFor(scriptOf('p2tr', 1))).sigops).toBe(4)
    expect(coinbaseReserve({ ...planFor(scriptOf('p2pkh', 1)), fixed: [fee, fee] }).sigops).toBe(12)
    expect(coinbaseReserve({ ...planFor(scriptOf('p2tr', 1)), solo: [fee] }).sigops).toBe(8)
  })
})
