import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  blockCredit,
  blockMature,
  blockPay,
  blockStale,
  type Posting,
} from '../../src/accounting/postings.js'
import { splitPaid, splitSolo } from '../../src/accounting/solo.js'
import { amountOf, splitReward, type RewardSplit } from '../../src/accounting/split-reward.js'
import { compareBytes } from '../../src/bytes.js'

const MAX_COINBASE_SATS = 21_000_000n * 100_000_000n
const address = fc.stringMatching(/^[a-zA-Z0-9]{1,8}$/)
const score = fc.oneof(fc.bigInt({ min: 0n, max: 5n }), fc.bigInt({ min: 0n, max: 1n << 110n }))
const scores = fc
  .uniqueArray(fc.tuple(address, score), { selector: ([miner]) => miner, minLength: 1, maxLength: 40 })
  .filter((entries) => entries.some(([, part]) => part > 0n))
const options = fc.record({
  coinbaseValueSats: fc.oneof(
    fc.bigInt({ min: 0n, max: 100n }),
    fc.bigInt({ min: 0n, max: MAX_COINBASE_SATS }),
  ),
  feeBasisPoints: fc.integer({ min: 0, max: 10_000 }),
  bonus: fc.option(fc.record({ finder: address, basisPoints: fc.integer({ min: 0, max: 10_000 }) }), {
    nil: undefined,
  }),
})
const split = fc.tuple(options, scores).map(([given, entries]) => splitReward(given, new Map(entries)))

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)

describe('the split of a reward', () => {
  it('sums exactly, is within a satoshi of the exact share, and gives nothing for nothing', () => {
    fc.assert(
      fc.property(options, scores, (given, entries) => {
        const { feeSats, rewardSats, bonusSats, total, shares } = splitReward(given, new Map(entries))
        expect(feeSats).toBe((given.coinbaseValueSats * BigInt(given.feeBasisPoints)) / 10_000n)
        expect(rewardSats + feeSats).toBe(given.coinbaseValueSats)
        expect(sumOf(shares.map(({ amountSats }) => amountSats))).toBe(rewardSats)
        const byMiner = new Map(entries)
        for (const { miner, amountSats, bonusSats: forFinding } of shares) {
          const his = byMiner.get(miner) ?? 0n
          const off = (amountSats - forFinding) * total - (rewardSats - bonusSats) * his
          expect(off < total && -off < total).toBe(true)
          if (his === 0n) expect(amountSats).toBe(forFinding)
          expect(amountSats >= forFinding).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('lets each miner check his amount from his own prefixes', () => {
    fc.assert(
      fc.property(split, ({ rewardSats, bonusSats, total, shares }) => {
        let before = 0n
        for (const share of shares) {
          const { amountSats, prefixBefore, prefixAfter } = share
          expect(prefixBefore).toBe(before)
          const cut = amountOf(rewardSats - bonusSats, total, prefixBefore, prefixAfter)
          expect(cut + share.bonusSats).toBe(amountSats)
          before = prefixAfter
        }
        expect(before).toBe(total)
      }),
    )
  })

  it('gives the finder his bonus, whether his shares count or not, and nobody else one', () => {
    fc.assert(
      fc.property(options, scores, (given, entries) => {
        const { bonus } = given
        const { rewardSats, bonusSats, shares } = splitReward(given, new Map(entries))
        expect(bonusSats).toBe((rewardSats * BigInt(bonus?.basisPoints ?? 0)) / 10_000n)
        const others = shares.filter(({ miner }) => miner !== bonus?.finder)
        expect(others.every((share) => share.bonusSats === 0n)).toBe(true)
        const finder = shares.find(({ miner }) => miner === bonus?.finder)
        expect(finder?.bonusSats ?? 0n).toBe(bonusSats)
      }),
    )
  })

  it('does not depend on the order in which miners are given, and goes by the bytes of addresses', () => {
    const shuffled = scores.chain((entries) =>
      fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
    )
    const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
    fc.assert(
      fc.property(options, shuffled, (given, [entries, other]) => {
        const one = splitReward(given, new Map(entries))
        expect(splitReward(given, new Map(other))).toEqual(one)
        const miners = one.shares.map(({ miner }) => miner)
        expect(miners).toEqual([...miners].sort((a, b) => compareBytes(bytesOf(a), bytesOf(b))))
      }),
    )
  })

  it('divides by what there is when the window is not full', () => {
    const given = { coinbaseValueSats: 5_000_000_000n, feeBasisPoints: 100 }
    const { feeSats, shares } = splitReward(
      given,
      new Map([
        ['b', 3n],
        ['a', 1n],
      ]),
    )
    expect(feeSats).toBe(50_000_000n)
    expect(shares.map(({ miner, amountSats }) => [miner, amountSats])).toEqual([
      ['a', 1_237_500_000n],
      ['b', 3_712_500_000n],
    ])
  })

  it('gives a SOLO finder all but the fee', () => {
    const { feeSats, shares } = splitSolo({ coinbaseValueSats: 312_500_001n, feeBasisPoints: 150 }, 'finder')
    expect(feeSats).toBe(4_687_500n)
    expect(shares).toEqual([
      {
        miner: 'finder',
        amountSats: 307_812_501n,
        bonusSats: 0n,
        directSats: 0n,
        prefixBefore: 0n,
        prefixAfter: 1n,
      },
    ])
  })

  it('refuses what cannot be', () => {
    const given = { coinbaseValueSats: 1n, feeBasisPoints: 0 }
    expect(() => splitReward(given, new Map())).toThrow(RangeError)
    expect(() => splitReward(given, new Map([['a', 0n]]))).toThrow(RangeError)
    expect(() => splitReward(given, new Map([['a', -1n]]))).toThrow(RangeError)
    expect(() => splitSolo({ ...given, coinbaseValueSats: -1n }, 'a')).toThrow(RangeError)
    for (const feeBasisPoints of [-1, 10_001, 0.5, NaN]) {
      expect(() => splitSolo({ ...given, feeBasisPoints }, 'a')).toThrow(RangeError)
      const bonus = { finder: 'a', basisPoints: feeBasisPoints }
      expect(() => splitReward({ ...given, bonus }, new Map([['a', 1n]]))).toThrow(RangeError)
    }
  })
})

describe('the postings of a block', () => {
  const amounts = (postings: readonly Posting[]): bigint[] => postings.map(({ amountSats }) => amountSats)

  /** Balances that are not 0 after all these postings. */
  function balances(...transactions: readonly (readonly Posting[])[]): Record<string, bigint> {
    const sums = new Map<string, bigint>()
    for (const { account, amountSats } of transactions.flat()) {
      sums.set(account, (sums.get(account) ?? 0n) + amountSats)
    }
    return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0n))
  }

  const owed = ({ shares }: RewardSplit, part: string): [string, bigint][] =>
    shares
      .filter(({ amountSats }) => amountSats > 0n)
      .map(({ miner, amountSats }) => [`liability:miner:${miner}:${part}`, -amountSats])

  const feeOf = ({ feeSats }: RewardSplit): [string, bigint][] =>
    feeSats > 0n ? [['equity:fee_income', -feeSats]] : []

  const assetOf = (account: string, { rewardSats, feeSats }: RewardSplit): [string, bigint][] =>
    rewardSats + feeSats > 0n ? [[account, rewardSats + feeSats]] : []

  it('sum to zero, and none of them is zero', () => {
    fc.assert(
      fc.property(split, (given) => {
        for (const postings of [blockCredit(given), blockMature(given), blockStale(given)]) {
          expect(sumOf(amounts(postings))).toBe(0n)
          expect(amounts(postings)).not.toContain(0n)
        }
      }),
    )
  })

  it('leave the right balances behind at each step of a life', () => {
    fc.assert(
      fc.property(split, (given) => {
        expect(balances(blockCredit(given))).toEqual(
          Object.fromEntries([
            ...assetOf('asset:coinbase_immature', given),
            ...owed(given, 'immature'),
            ...feeOf(given),
          ]),
        )
        expect(balances(blockCredit(given), blockMature(given))).toEqual(
          Object.fromEntries([
            ...assetOf('asset:wallet', given),
            ...owed(given, 'available'),
            ...feeOf(given),
          ]),
        )
        expect(balances(blockCredit(given), blockStale(given))).toEqual({})
      }),
    )
  })

  it('book a stale block as the reverse of its credit, line by line', () => {
    fc.assert(
      fc.property(split, (given) => {
        const reversed = blockCredit(given).map(({ account, amountSats }) => ({
          account,
          amountSats: -amountSats,
        }))
        expect(blockStale(given)).toEqual(reversed)
      }),
    )
  })

  it('whose coinbase has paid the finder leave him owed nothing, and the pool no more than its fee', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        (pool, paid) => {
          const split = splitPaid(pool, paid, 'finder')
          const posted = [...blockCredit(split), ...blockPay(split)]
          const rest = pool === 0n ? {} : { 'equity:fee_income': -pool }
          const asset = (account: string): object => (pool === 0n ? {} : { [account]: pool })
          expect(sumOf(amounts(blockPay(split)))).toBe(0n)
          expect(balances(posted)).toEqual({ ...rest, ...asset('asset:coinbase_immature') })
          expect(balances(posted, blockMature(split))).toEqual({ ...rest, ...asset('asset:wallet') })
          expect(balances(posted, blockStale(split))).toEqual({})
          expect(blockMature(split)).toHaveLength(pool === 0n ? 0 : 2)
        },
      ),
    )
  })

  it('that have paid nobody have nothing to pay', () => {
    expect(blockPay(splitSolo({ coinbaseValueSats: 5n, feeBasisPoints: 0 }, 'a'))).toEqual([])
  })
})
