import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OverpaidMiner } from '../../src/accounting/pplns.js'
import type { PaidBlock } from '../../src/accounting/scheme.js'
import { schemeOf } from '../../src/accounting/scheme-of.js'

const sats = fc.bigInt({ min: 0n, max: 21n * 10n ** 14n })
const miners = ['anna', 'bert', 'carl', 'dora']
const block: fc.Arbitrary<PaidBlock> = fc.record({
  finder: fc.constantFrom(...miners),
  poolSats: sats,
  directSats: fc.constant(new Map<string, bigint>()),
  feeBasisPoints: fc.integer({ min: 0, max: 10_000 }),
  finderBonusBasisPoints: fc.integer({ min: 0, max: 10_000 }),
  scores: fc
    .subarray(miners)
    .chain((some) => fc.tuple(...some.map((miner) => fc.tuple(fc.constant(miner), fc.bigInt(1n, 1n << 99n)))))
    .map((entries) => new Map(entries)),
})

describe.each(['pplns', 'solo'] as const)('the scheme %s', (mode) => {
  it('goes by its name', () => {
    expect(schemeOf(mode).mode).toBe(mode)
  })

  it('hands out all that a coinbase has paid, and nothing else', () => {
    fc.assert(
      fc.property(block, (paid) => {
        const { feeSats, rewardSats, shares } = schemeOf(mode).split(paid)
        expect(feeSats + rewardSats).toBe(paid.poolSats)
        expect(shares.reduce((sum, { amountSats }) => sum + amountSats, 0n)).toBe(rewardSats)
      }),
    )
  })

  it('gives all but the fee to the finder when no share came before his', () => {
    fc.assert(
      fc.property(block, (paid) => {
        const { rewardSats, shares } = schemeOf(mode).split({ ...paid, scores: new Map() })
        expect(shares).toMatchObject([{ miner: paid.finder, amountSats: rewardSats }])
      }),
    )
  })
})

describe('PPLNS', () => {
  it('gives nothing but the bonus to a finder without a share in the window', () => {
    const { shares } = schemeOf('pplns').split({
      finder: 'anna',
      poolSats: 1_000n,
      directSats: new Map(),
      feeBasisPoints: 1_000,
      finderBonusBasisPoints: 1_000,
      scores: new Map([['bert', 7n]]),
    })
    expect(shares.map(({ miner, amountSats, bonusSats }) => [miner, amountSats, bonusSats])).toEqual([
      ['anna', 90n, 90n],
      ['bert', 810n, 0n],
    ])
  })
})

describe('PPLNS, when the coinbase has paid miners itself', () => {
  it('cuts what it has paid to all of them, and owes each what is missing', () => {
    fc.assert(
      fc.property(block, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), (paid, hasOutput) => {
        const due = schemeOf('pplns').split(paid)
        const directSats = new Map(
          due.shares
            .filter(({ miner }, n) => hasOutput[n] && paid.scores.has(miner))
            .map((share) => [share.miner, share.amountSats - share.bonusSats]),
        )
        const sum = [...directSats.values()].reduce((all, sats) => all + sats, 0n)
        const split = schemeOf('pplns').split({ ...paid, poolSats: paid.poolSats - sum, directSats })
        const shares = due.shares.map((share) => ({
          ...share,
          directSats: directSats.get(share.miner) ?? 0n,
        }))
        expect(split).toEqual({ ...due, shares })
      }),
    )
  })

  it('refuses to book what nobody was due', () => {
    const paid = {
      finder: 'anna',
      poolSats: 100n,
      feeBasisPoints: 0,
      finderBonusBasisPoints: 0,
      scores: new Map([
        ['anna', 1n],
        ['bert', 1n],
      ]),
    }
    const split = (...direct: [string, bigint][]) =>
      schemeOf('pplns').split({ ...paid, directSats: new Map(direct) })
    expect(split(['anna', 100n]).shares[0]).toMatchObject({ amountSats: 100n, directSats: 100n })
    expect(() => split(['anna', 101n])).toThrow('pays anna 101 satoshis, his part is 100')
    expect(() => split(['carl', 1n])).toThrow(OverpaidMiner)
  })
})

describe('SOLO', () => {
  it('knows no bonus and no window', () => {
    fc.assert(
      fc.property(block, (paid) => {
        const { shares, bonusSats } = schemeOf('solo').split(paid)
        expect(shares.map(({ miner }) => miner)).toEqual([paid.finder])
        expect(bonusSats).toBe(0n)
      }),
    )
  })

  it('takes what the coinbase has paid the pool for the fee, when it has paid the finder', () => {
    fc.assert(
      fc.property(block, fc.bigInt({ min: 1n, max: 10n ** 12n }), (paid, finderSats) => {
        const directSats = new Map([[paid.finder, finderSats]])
        const { feeSats, shares } = schemeOf('solo').split({ ...paid, directSats })
        expect(feeSats).toBe(paid.poolSats)
        expect(shares).toMatchObject([{ miner: paid.finder, amountSats: finderSats, directSats: finderSats }])
      }),
    )
  })
})
