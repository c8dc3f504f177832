import { describe, expect, it } from 'vitest'
import { expectOf } from '../../src/measure/earning-days'
import { expectEarnings, expectedSats, staleCostSats } from '../../src/measure/earning-power'
import { difficultySteps } from '../../src/measure/difficulty-steps'
import { judgeLuck, luckHistory } from '../../src/measure/luck'
import { blockTimeMs, estimateRetarget, networkHashrate } from '../../src/measure/network'
import { tipSpeed } from '../../src/measure/tip-speed'

describe('luck', () => {
  it('is the work so far over what so many blocks take', () => {
    const history = luckHistory([{ effort: 0.5 }, { effort: 2.5 }, { effort: 0.6 }])
    expect(history.map(({ rounds, meanEffort }) => [rounds, meanEffort])).toEqual([
      [1, 0.5],
      [2, 1.5],
      [3, expect.closeTo(1.2, 9)],
    ])
  })

  it('goes on from what came before', () => {
    const [point] = luckHistory([{ effort: 1 }], { rounds: 9, effort: 14 })
    expect(point).toMatchObject({ rounds: 10, meanEffort: 1.5 })
  })

  it('is luck only where chance rarely goes', () => {
    const band = { low: 0.5, high: 1.6 }
    expect(judgeLuck({ meanEffort: 0.4, band })).toBe('lucky')
    expect(judgeLuck({ meanEffort: 0.5, band })).toBe('usual')
    expect(judgeLuck({ meanEffort: 1.6, band })).toBe('usual')
    expect(judgeLuck({ meanEffort: 1.7, band })).toBe('unlucky')
    // One round of three times the work is nothing to wonder at; forty of them together are.
    expect(judgeLuck(luckHistory([{ effort: 2.9 }])[0]!)).toBe('usual')
    expect(judgeLuck(luckHistory(Array<{ effort: number }>(40).fill({ effort: 2.9 })).at(-1)!)).toBe(
      'unlucky',
    )
  })
})

describe('expected earnings', () => {
  const basis = { blockSats: 300_000_000n, feeBasisPoints: 200 }
  const BLOCK = 1n << 96n

  it('are the part of a block that the work was, less the fee', () => {
    expect(expectedSats(BLOCK / 1_000n, basis)).toBeCloseTo(294_000, 0)
  })

  it('spread by the blocks that the pool may find', () => {
    // Ten blocks expected of the pool, a tenth of it his: 5 to 15 of them are found in nine of ten cases.
    const earnings = expectEarnings(BLOCK, 10n * BLOCK, basis)
    expect(earnings.expectedBlocks).toBe(10)
    expect(earnings.expectedSats).toBeCloseTo(294_000_000, 0)
    expect(earnings.lowSats).toBeCloseTo(147_000_000, 0)
    expect(earnings.highSats).toBeCloseTo(441_000_000, 0)
    expect(expectEarnings(0n, 0n, basis)).toMatchObject({ expectedSats: 0, lowSats: 0, highSats: 0 })
  })

  it('of shares that are paid at once are what was paid, and chance does not move them', () => {
    const paid = { sharesSats: 288_000_000n, sharesScore: BLOCK }
    const score = { ownScore: BLOCK, poolScore: 10n * BLOCK }
    expect(expectOf(paid, score, basis)).toMatchObject({
      expectedSats: 288_000_000,
      lowSats: 288_000_000,
      highSats: 288_000_000,
    })
    const twice = expectOf(paid, { ...score, ownScore: 2n * BLOCK }, basis)
    expect(twice.expectedSats).toBeCloseTo(288_000_000 + 294_000_000, 0)
    expect(twice.lowSats).toBeCloseTo(288_000_000 + 147_000_000, 0)
    // Paid today, done before midnight.
    expect(expectOf(paid, { ...score, ownScore: 0n }, basis).expectedSats).toBe(288_000_000)
  })

  it('were lost with shares that came too late, each worth as much as the accepted ones', () => {
    const accepted = { score: BLOCK / 100n, shareCount: 200 }
    const rejects = { 'stale-share': 3, 'late-share': 1, 'job-not-found': 1, 'duplicate-share': 50 }
    expect(staleCostSats(rejects, accepted, basis)).toBeCloseTo((2_940_000 / 200) * 5, 3)
    expect(staleCostSats({ malformed: 9 }, accepted, basis)).toBe(0)
    expect(staleCostSats(rejects, { score: 0n, shareCount: 0 }, basis)).toBeUndefined()
  })
})

describe('the network', () => {
  it('has the hashrate that its difficulty stands for', () => {
    expect(networkHashrate(600)).toBe(2 ** 32)
    expect(blockTimeMs(1, 2 ** 32)).toBe(1_000)
    expect(blockTimeMs(1, 0)).toBeUndefined()
  })

  it('changes its difficulty by the pace of the period', () => {
    const period = { startHeight: 2_016, endHeight: 4_032, tipHeight: 3_024, startNtime: 1_000 }
    // 1,008 blocks of nine minutes each.
    const retarget = estimateRetarget({ ...period, tipNtime: 1_000 + 1_008 * 540 })
    expect(retarget).toEqual({
      blocksLeft: 1_008,
      leftMs: 1_008 * 540_000,
      factor: expect.closeTo(600 / 540, 9),
    })
    expect(estimateRetarget({ ...period, tipNtime: 1_001 })?.factor).toBe(4)
    expect(estimateRetarget({ ...period, tipNtime: 1_000 })).toBeUndefined()
    expect(estimateRetarget({ ...period, tipHeight: 2_020, tipNtime: 9_000 })).toBeUndefined()
  })
})

describe('the difficulty of a worker', () => {
  const chart = (...difficulties: (number | undefined)[]) =>
    difficulties.map((difficulty, index) => ({ startsAtMs: index, difficulty }))

  it('changes where buckets have another, and not where two mix', () => {
    expect(difficultySteps(chart(512, 512, 700, 1_024, undefined, 1_024, 256))).toEqual([
      { atMs: 3, from: 512, to: 1_024 },
      { atMs: 6, from: 1_024, to: 256 },
    ])
  })

  it('has no steps without shares, or with one difficulty', () => {
    expect(difficultySteps(chart(undefined, undefined))).toEqual([])
    expect(difficultySteps(chart(8, undefined, 8.001, 8))).toEqual([])
  })
})

describe('the speed of a block change', () => {
  it('is that of the tips of which it is known', () => {
    const tips = [5, 1, 4, 2, 3].map((lastNotifyMs) => ({ lastNotifyMs }))
    expect(tipSpeed([...tips, {}], 'lastNotifyMs')).toEqual({
      count: 5,
      medianMs: 3,
      p90Ms: 5,
      worstMs: 5,
    })
    expect(tipSpeed([{ jobMs: 1 }], 'lastNotifyMs')).toBeUndefined()
  })
})
