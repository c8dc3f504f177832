import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTransaction, type Transaction } from '../../src/chain/transaction.js'
import { assembleCoinbase, buildCoinbase, coinbaseSize } from '../../src/job/coinbase.js'
import type { CoinbasePlan } from '../../src/job/coinbase-plan.js'
import { COINBASE_SIZE_CLASSES } from '../../src/job/coinbase-suffix.js'
import type { DirectSplit } from '../../src/job/direct-split.js'
import { buildJob } from '../../src/job/build-job.js'
import { classVariants, soloVariant, variantWithin } from '../../src/job/job-variant.js'
import { parseBlockTemplate } from '../../src/template/block-template.js'
import { acceptedBlock } from '../read-vectors.js'
import { plannedOutputs, scriptOf } from './planned-outputs.js'
import { directTo } from './direct-to.js'
import { jobParts } from './job-parts.js'

const TEMPLATE = parseBlockTemplate(acceptedBlock().template)
const E1 = new Uint8Array(5)
const E2 = new Uint8Array(8)

const parts = (plan: CoinbasePlan) => ({ template: TEMPLATE, jobId: '0000002a', plan, poolTag: '/t/' })

const fixed = [{ script: scriptOf('p2wpkh', 1), basisPoints: 50 }]
const PLAN: CoinbasePlan = { restScript: scriptOf('p2wpkh', 0), fixed, solo: fixed }

/** So many miners of the same score, whose outputs have 43 bytes. */
function directOf(payeeCount: number): DirectSplit {
  return directTo(...Array.from({ length: payeeCount }, (_, i) => scriptOf('p2tr', i)))
}

function coinbasesOf(
  direct: DirectSplit | undefined,
  plan = PLAN,
): { readonly size: number; readonly transaction: Transaction }[] {
  const variants = buildCoinbase({ ...parts(plan), direct })
  return [variants.coinbaseSuffix, ...variants.largerSuffixes].map((coinbaseSuffix) => {
    const halves = { ...variants, coinbaseSuffix }
    return { size: coinbaseSize(halves), transaction: parseTransaction(assembleCoinbase(halves, E1, E2)) }
  })
}

const valueOf = ({ outputs }: Transaction): bigint =>
  outputs.reduce((sum, { valueSats }) => sum + valueSats, 0n)

describe('the variants of a coinbase', () => {
  it('are one when all outputs fit into the smallest class, or there is no payee', () => {
    expect(coinbasesOf(directOf(0))).toHaveLength(1)
    expect(coinbasesOf(undefined)).toHaveLength(1)
    expect(coinbasesOf(directOf(3)).map(({ transaction }) => transaction.outputs.length)).toEqual([3, 6])
  })

  it('fill each class as far as it goes, and no further', () => {
    const coinbases = coinbasesOf(directOf(500))
    expect(coinbases).toHaveLength(1 + COINBASE_SIZE_CLASSES.length)
    for (const [index, maxBytes] of COINBASE_SIZE_CLASSES.entries()) {
      const { size } = coinbases[index + 1]!
      expect(size).toBeLessThanOrEqual(maxBytes)
      expect(size).toBeGreaterThan(maxBytes - 43 - 2)
    }
  })

  it('each pay the whole value: what payees have no room for goes to the pool', () => {
    fc.assert(
      fc.property(plannedOutputs(2), fc.nat(120), (fixedParts, payeeCount) => {
        const half = fixedParts.map(({ script, basisPoints }) => ({
          script,
          basisPoints: Math.floor(basisPoints / 2),
        }))
        const coinbases = coinbasesOf(directOf(payeeCount), { ...PLAN, fixed: half })
        for (const { transaction } of coinbases) expect(valueOf(transaction)).toBe(TEMPLATE.coinbaseValueSats)
        const sizes = coinbases.map(({ size }) => size)
        expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => a - b))
        // A payee's amount is the same in each variant that has him.
        const largest = coinbases.at(-1)!.transaction.outputs.slice(1, -1)
        for (const { transaction } of coinbases) {
          const theirs = transaction.outputs.slice(1, -1)
          expect(theirs).toEqual(largest.slice(0, theirs.length))
        }
      }),
      { numRuns: 40 },
    )
  })

  it('are chosen by what a client takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (maxBytes) => {
        const made = { ...parts(PLAN), direct: directOf(500) }
        const variants = classVariants(buildJob({ ...made, cleanJobs: true, createdAtMs: 0 }))
        const chosen = variantWithin(variants, maxBytes)
        const fitting = variants.filter((variant) => coinbaseSize(variant) <= maxBytes)
        expect(chosen).toBe(fitting.at(-1))
      }),
      { numRuns: 20 },
    )
  })

  it('pay the finder of a solo block all but the parts', () => {
    fc.assert(
      fc.property(jobParts, plannedOutputs(2), fc.nat(1_000), (given, solo, number) => {
        const job = buildJob({ ...given, plan: { ...given.plan, solo } })
        const script = scriptOf('p2tr', 10_000 + number)
        const variant = soloVariant(job, script)
        const coinbase = parseTransaction(assembleCoinbase(variant, E1, E2))
        expect(valueOf(coinbase)).toBe(job.coinbaseValueSats)
        expect(coinbase.outputs[0]!.script).toEqual(script)
        expect(variant).toMatchObject({ jobId: job.jobId, coinbasePrefix: job.coinbasePrefix })
        const pool = parseTransaction(assembleCoinbase(job, E1, E2))
        expect(coinbase.outputs.at(-1)).toEqual(
          job.hasWitnessCommitment ? pool.outputs.at(-1) : coinbase.outputs.at(-1),
        )
      }),
    )
  })
})
