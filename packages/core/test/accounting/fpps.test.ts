import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { creditScore, fpps, fppsPostings, fppsRate } from '../../src/accounting/fpps.js'
import { blockCredit } from '../../src/accounting/postings.js'
import { describeReserve, reserveFor, riskOf } from '../../src/accounting/ruin.js'
import { schemeOf } from '../../src/accounting/scheme-of.js'
import { SCORE_UNIT } from '../../src/accounting/score.js'

const score = fc.oneof(fc.bigInt({ min: 0n, max: 9n }), fc.bigInt({ min: 0n, max: 4n * SCORE_UNIT }))
const rate = fc.bigInt({ min: 0n, max: 10n ** 10n })
const stretches = fc.array(fc.tuple(score, rate), { maxLength: 30 })

describe('FPPS', () => {
  it('pays all that a miner ever scored to the satoshi, however it was cut into stretches', () => {
    fc.assert(
      fc.property(stretches, (parts) => {
        let [numerator, paidSats] = [0n, 0n]
        for (const [given, rateSats] of parts) {
          const credit = creditScore(numerator, given, rateSats)
          expect(credit.numeratorBefore).toBe(numerator)
          expect(credit.amountSats).toBeGreaterThanOrEqual(0n)
          numerator = credit.numeratorAfter
          paidSats += credit.amountSats
        }
        const exact = parts.reduce((sum, [given, rateSats]) => sum + given * rateSats, 0n)
        expect(paidSats).toBe(exact / SCORE_UNIT)
      }),
    )
  })

  it('pays a share that is worth a block the subsidy and the average of the fees, less the fee', () => {
    const past = { subsidySats: 312_500_000n, feesSats: 30_000_001n, blockCount: 3 }
    expect(fppsRate(past, 0)).toBe(322_500_000n)
    expect(fppsRate(past, 400)).toBe(309_600_000n)
    expect(creditScore(0n, SCORE_UNIT, fppsRate(past, 400)).amountSats).toBe(309_600_000n)
    expect(() => fppsRate({ ...past, blockCount: 0 }, 400)).toThrow(RangeError)
    for (const fee of [-1, 10_001, 0.5, Number.NaN]) expect(() => fppsRate(past, fee)).toThrow(RangeError)
  })

  it('books what was paid against the reserve, and a block of its shares into it', () => {
    expect(
      fppsPostings([
        { miner: 'anna', amountSats: 5n },
        { miner: 'bert', amountSats: 0n },
        { miner: 'carl', amountSats: 2n },
      ]),
    ).toEqual([
      { account: 'equity:fpps_reserve', amountSats: 7n },
      { account: 'liability:miner:anna:available', amountSats: -5n },
      { account: 'liability:miner:carl:available', amountSats: -2n },
    ])
    expect(fppsPostings([{ miner: 'anna', amountSats: 0n }])).toEqual([])
    const split = fpps.split({
      finder: 'anna',
      poolSats: 100n,
      directSats: new Map(),
      feeBasisPoints: 100,
      finderBonusBasisPoints: 50,
      scores: new Map(),
    })
    expect(blockCredit(split, schemeOf('fpps').incomeAccount)).toEqual([
      { account: 'asset:coinbase_immature', amountSats: 100n },
      { account: 'equity:fpps_reserve', amountSats: -100n },
    ])
  })
})

describe('the ruin of who pays shares out of a reserve', () => {
  it('has the bound of the books: 173 blocks at 2 %, 87 at 4 %, once in 1,000 times', () => {
    expect(Math.ceil(reserveFor(0.001, 200))).toBe(173)
    expect(Math.ceil(reserveFor(0.001, 400))).toBe(87)
    expect(describeReserve(400)).toContain('87 blocks')
    expect(riskOf(540n, 3n, 200)).toMatchObject({ reserveInBlocks: 180 })
    expect(riskOf(172_694n, 1_000n, 200).ruinChance).toBeCloseTo(0.001)
    expect(riskOf(-5n, 3n, 400)).toEqual({ reserveInBlocks: 0, ruinChance: 1 })
  })
})
