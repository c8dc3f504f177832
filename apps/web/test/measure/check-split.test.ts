import { splitPaid } from '@headframe/core/accounting/solo'
import { splitReward, type RewardOptions } from '@headframe/core/accounting/split-reward'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSplit } from '../../src/measure/check-split'

const scores = fc
  .uniqueArray(fc.tuple(fc.string({ minLength: 1 }), fc.bigInt({ min: 0n, max: 2n ** 100n })), {
    selector: ([address]) => address,
    minLength: 1,
    maxLength: 30,
  })
  .filter((entries) => entries.some(([, score]) => score > 0n))
const options = fc.record({
  coinbaseValueSats: fc.bigInt({ min: 0n, max: 21n * 10n ** 14n }),
  feeBasisPoints: fc.integer({ min: 0, max: 10_000 }),
  bonus: fc.record({ finder: fc.string({ minLength: 1 }), basisPoints: fc.integer({ min: 0, max: 10_000 }) }),
})

/** Every line of a split, with the totals that stand beside it in the database. */
function linesOf(entries: readonly (readonly [string, bigint])[], reward: RewardOptions) {
  const split = splitReward(reward, new Map(entries))
  const totals = {
    ...reward,
    poolFeeSats: split.feeSats,
    rewardSats: split.rewardSats,
    finderBonusSats: split.bonusSats,
    finderBonusBasisPoints: split.bonusBasisPoints,
    windowTotal: split.total,
  }
  const lines = split.shares.map((share) => ({ ...share, score: share.prefixAfter - share.prefixBefore }))
  return { totals, lines }
}

describe('checkSplit', () => {
  it('comes to the same as the pool, in every line of every split', () => {
    fc.assert(
      fc.property(scores, options, (entries, reward) => {
        const { totals, lines } = linesOf(entries, reward)
        for (const line of lines)
          expect(checkSplit(line, totals)).toMatchObject({ isRight: true, amountSats: line.amountSats })
      }),
    )
  })

  it('takes what the coinbase has paid the pool for the fee, when it has paid the miner as well', () => {
    const { feeSats, rewardSats, total, shares } = splitPaid(150n, 9_850n, 'a')
    const line = { ...shares[0]!, score: 1n }
    // The fee is a part of the whole block, of which 1,000 went elsewhere.
    const totals = {
      coinbaseValueSats: 10_000n,
      feeBasisPoints: 136,
      poolFeeSats: feeSats,
      rewardSats,
      finderBonusSats: 0n,
      finderBonusBasisPoints: 0,
    }
    expect(checkSplit(line, { ...totals, windowTotal: total }).isRight).toBe(true)
    expect(checkSplit({ ...line, amountSats: 9_849n }, { ...totals, windowTotal: total }).isRight).toBe(false)
  })

  it('holds the pool to its fee where the coinbase has paid a miner a part', () => {
    const { totals, lines } = linesOf(
      [
        ['a', 3n],
        ['b', 4n],
      ],
      { coinbaseValueSats: 1_000_001n, feeBasisPoints: 150 },
    )
    const line = { ...lines[0]!, directSats: lines[0]!.amountSats }
    expect(checkSplit(line, totals).isRight).toBe(true)
    const greedy = { poolFeeSats: totals.poolFeeSats + 1n, rewardSats: totals.rewardSats - 1n }
    expect(checkSplit(line, { ...totals, ...greedy }).isRight).toBe(false)
  })

  it('notices a satoshi that is missing, wherever it went', () => {
    const { totals, lines } = linesOf(
      [
        ['a', 3n],
        ['b', 4n],
      ],
      { coinbaseValueSats: 1_000_001n, feeBasisPoints: 150, bonus: { finder: 'b', basisPoints: 25 } },
    )
    const line = lines[1]!
    expect(checkSplit({ ...line, amountSats: line.amountSats - 1n }, totals).isRight).toBe(false)
    expect(line.bonusSats).toBeGreaterThan(0n)
    expect(checkSplit({ ...line, bonusSats: line.bonusSats - 1n }, totals).isRight).toBe(false)
    const shifted = { bonusSats: line.bonusSats - 1n, amountSats: line.amountSats - 1n }
    expect(checkSplit({ ...line, ...shifted }, totals).isRight).toBe(false)
    expect(checkSplit(line, { ...totals, finderBonusSats: totals.finderBonusSats + 1n }).isRight).toBe(false)
    expect(checkSplit({ ...line, score: line.score + 1n }, totals).isRight).toBe(false)
    expect(checkSplit({ ...line, prefixBefore: line.prefixBefore + 1n }, totals).isRight).toBe(false)
    expect(checkSplit(line, { ...totals, poolFeeSats: totals.poolFeeSats + 1n }).isRight).toBe(false)
    expect(checkSplit(line, { ...totals, rewardSats: totals.rewardSats - 1n }).isRight).toBe(false)
    expect(checkSplit(line, { ...totals, windowTotal: totals.windowTotal + 1n }).isRight).toBe(false)
  })

  it('does not divide by an empty window', () => {
    const { totals, lines } = linesOf([['a', 1n]], { coinbaseValueSats: 5n, feeBasisPoints: 0 })
    expect(checkSplit(lines[0]!, { ...totals, windowTotal: 0n }).isRight).toBe(false)
  })
})
