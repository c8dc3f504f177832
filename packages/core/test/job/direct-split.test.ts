import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prefixSums, splitReward } from '../../src/accounting/split-reward.js'
import { dustLimitSats } from '../../src/chain/dust.js'
import { parseTransaction } from '../../src/chain/transaction.js'
import { buildJob } from '../../src/job/build-job.js'
import { assembleCoinbase } from '../../src/job/coinbase.js'
import { cutValue } from '../../src/job/coinbase-plan.js'
import { payDirectly, type DirectSplit } from '../../src/job/direct-split.js'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE } from '../../src/job/job.js'
import { classVariants } from '../../src/job/job-variant.js'
import { jobParts } from './job-parts.js'
import { plannedOutputs, scriptOf } from './planned-outputs.js'

const MINERS = ['anna', 'bert', 'carl', 'dora', 'emil'] as const
const scriptsOf = new Map<string, Uint8Array>(MINERS.map((miner, n) => [miner, scriptOf('p2wpkh', 100 + n)]))
const basisPoints = fc.integer({ min: 0, max: 10_000 })
const scores = fc
  .tuple(...MINERS.map((miner) => fc.tuple(fc.constant(miner), fc.bigInt({ min: 0n, max: 1n << 98n }))))
  .filter((entries) => entries.some(([, score]) => score > 0n))
  .map((entries) => new Map<string, bigint>(entries))

const window = { endPosition: 9n, endIndex: 4, pplnsWindow: 4 }
const terms = fc.record({ feeBasisPoints: basisPoints, finderBonusBasisPoints: basisPoints })

/** As the pool freezes it: the largest score first. */
function freeze(
  of: ReadonlyMap<string, bigint>,
  { feeBasisPoints, finderBonusBasisPoints }: { feeBasisPoints: number; finderBonusBasisPoints: number },
): DirectSplit {
  const { lines, total } = prefixSums(of)
  const payees = lines.map((line) => ({ ...line, script: scriptsOf.get(line.miner)! }))
  payees.sort((a, b) => Number(b.score - a.score))
  return { window: { ...window, feeBasisPoints, finderBonusBasisPoints }, total, payees }
}

describe('a coinbase that pays miners', () => {
  it('pays each what the ledger will say that his score comes to, or nothing when that is dust', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 11n }), scores, terms, (valueSats, of, given) => {
        const bonus = { finder: 'zoe', basisPoints: given.finderBonusBasisPoints }
        const options = { coinbaseValueSats: valueSats, feeBasisPoints: given.feeBasisPoints, bonus }
        const due = new Map(splitReward(options, of).shares.map((share) => [share.miner, share.amountSats]))
        const outputs = payDirectly(freeze(of, given), valueSats)
        for (const [miner, script] of scriptsOf) {
          const paid = outputs.find((output) => output.script === script)?.valueSats ?? 0n
          const amountSats = due.get(miner)!
          expect(paid).toBe(amountSats < dustLimitSats(script) ? 0n : amountSats)
        }
      }),
    )
  })

  it('leaves the pool its fee, the bonus and what has no room, behind its own outputs', () => {
    fc.assert(
      fc.property(jobParts, plannedOutputs(2), scores, terms, (given, fixed, of, rules) => {
        const plan = { ...given.plan, fixed, solo: [] }
        const job = buildJob({ ...given, plan, direct: freeze(of, rules) })
        const { restSats, parts } = cutValue(job.coinbaseValueSats, fixed)
        const variants = classVariants(job)
        expect(job.frozenWindow === undefined).toBe(variants.length === 1)
        for (const variant of variants) {
          const e1 = new Uint8Array(EXTRANONCE1_SIZE)
          const e2 = new Uint8Array(EXTRANONCE2_SIZE)
          const { outputs } = parseTransaction(assembleCoinbase(variant, e1, e2))
          expect(outputs[0]!.script).toEqual(plan.restScript)
          expect(outputs.slice(1, 1 + parts.length)).toEqual(parts)
          const ofMiners = outputs.slice(1 + parts.length).filter(({ valueSats }) => valueSats > 0n)
          const minersSats = ofMiners.reduce((sum, { valueSats }) => sum + valueSats, 0n)
          expect(outputs[0]!.valueSats).toBe(restSats - minersSats)
          const feeSats = (restSats * BigInt(rules.feeBasisPoints)) / 10_000n
          expect(outputs[0]!.valueSats).toBeGreaterThanOrEqual(feeSats)
          if (variant === job) expect(variant.paidWindow).toBeUndefined()
          else expect(variant.paidWindow).toMatchObject({ ...window, ...rules, ownOutputs: 1 + parts.length })
        }
      }),
      { numRuns: 60 },
    )
  })
})
