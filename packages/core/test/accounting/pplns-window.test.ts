import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  PplnsWindow,
  takeWindow,
  takeWindowByBlocks,
  type Contribution,
  type ContributionBlock,
} from '../../src/accounting/pplns-window.js'
import { SCORE_UNIT, scoreOfShare } from '../../src/accounting/score.js'

const miner = fc.constantFrom('a', 'b', 'c', 'd')
const score = fc.bigInt({ min: 0n, max: 1000n })
const contributions = fc.array(fc.record({ miner, score }), { maxLength: 40 })
const windowLength = fc.bigInt({ min: 1n, max: 10_000n })

/** The definition, share by share, with no shortcut. */
function windowByDefinition(newestFirst: readonly Contribution[], length: bigint): Record<string, bigint> {
  const scores: Record<string, bigint> = {}
  newestFirst.forEach((share, i) => {
    const newer = newestFirst.slice(0, i).reduce((sum, other) => sum + other.score, 0n)
    const room = newer < length ? length - newer : 0n
    const taken = share.score < room ? share.score : room
    if (taken > 0n) scores[share.miner] = (scores[share.miner] ?? 0n) + taken
  })
  return scores
}

function blocksOf(
  shares: readonly Contribution[],
  sizes: readonly number[],
  opened: number[],
): ContributionBlock[] {
  const blocks: ContributionBlock[] = []
  let start = 0
  for (let i = 0; start < shares.length; i++) {
    const part = shares.slice(start, start + sizes[i % sizes.length]!)
    start += part.length
    const scores = new Map<string, bigint>()
    for (const share of part) scores.set(share.miner, (scores.get(share.miner) ?? 0n) + share.score)
    const contributions = (): readonly Contribution[] => {
      opened.push(i)
      return part
    }
    blocks.push({ scores, contributions })
  }
  return blocks
}

describe('the PPLNS window', () => {
  it('takes whole shares from the newest back, and a part of the one on its edge', () => {
    const shares = [
      { miner: 'a', score: 4n },
      { miner: 'b', score: 5n },
      { miner: 'a', score: 6n },
      { miner: 'c', score: 1n },
    ]
    const { scores, total } = takeWindow(shares, 10n)
    expect(Object.fromEntries(scores)).toEqual({ a: 5n, b: 5n })
    expect(total).toBe(10n)
    expect(takeWindow(shares, 100n).total).toBe(16n)
    expect(takeWindow([], 100n)).toEqual({ scores: new Map(), total: 0n })
  })

  it('is what the definition says, and its total is what was there, at most its length', () => {
    fc.assert(
      fc.property(contributions, windowLength, (shares, length) => {
        const { scores, total } = takeWindow(shares, length)
        const all = shares.reduce((sum, share) => sum + share.score, 0n)
        expect(Object.fromEntries(scores)).toEqual(windowByDefinition(shares, length))
        expect(total).toBe(all < length ? all : length)
        expect([...scores.values()].reduce((sum, part) => sum + part, 0n)).toBe(total)
      }),
    )
  })

  it('is the same taken by blocks, of which at most the last is opened', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(contributions, windowLength, sizes, (shares, length, blockSizes) => {
        const opened: number[] = []
        const blocks = blocksOf(shares, blockSizes, opened)
        const byBlocks = takeWindowByBlocks(blocks, length)
        const byShares = takeWindow(shares, length)
        expect(byBlocks.scores).toEqual(byShares.scores)
        expect(byBlocks.total).toBe(byShares.total)
        expect(opened.length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('stops asking once it is full', () => {
    let asked = 0
    function* endless(): Generator<Contribution> {
      for (;;) {
        asked++
        yield { miner: 'a', score: 3n }
      }
    }
    expect(takeWindow(endless(), 10n).total).toBe(10n)
    expect(asked).toBe(4)
    function* blocks(): Generator<ContributionBlock> {
      for (;;) yield { scores: new Map([['a', 3n]]), contributions: endless }
    }
    expect(takeWindowByBlocks(blocks(), 10n).total).toBe(10n)
  })

  it('tells how much of a share was taken', () => {
    const window = new PplnsWindow(10n)
    expect(window.take('a', 8n)).toBe(8n)
    expect(window.takeBlock(new Map([['a', 3n]]))).toBe(false)
    expect(window.take('a', 3n)).toBe(2n)
    expect(window.isFull).toBe(true)
    expect(window.take('a', 3n)).toBe(0n)
    expect(() => window.take('a', -1n)).toThrow(RangeError)
    expect(() => new PplnsWindow(0n)).toThrow(RangeError)
  })
})

/**
 * A share is worth, in blocks, what it takes from the windows of all blocks found after it, each weighed with the
 * chance that the block is found. In a fair scheme that is the share's own chance to be a block; where it is not,
 * some miners do better to leave when the difficulty is about to change.
 */
describe('hopping at a retarget', () => {
  const WINDOW_BLOCKS = 2
  const SHARE_DIFFICULTY = 10_486
  const [BEFORE, AFTER] = [0x1a0fffff, 0x1a0f3cf2].map((nbits) => scoreOfShare(SHARE_DIFFICULTY, nbits))
  const RETARGET_AT = 1000

  const chanceOf = (share: number): bigint => (share < RETARGET_AT ? BEFORE! : AFTER!)

  /** Expected pay of a share over its chance to be a block; `scoreAt` is its score in the window of a block. */
  function payRatio(share: number, scoreAt: (share: number, block: number) => bigint): number {
    const length = BigInt(WINDOW_BLOCKS) * SCORE_UNIT
    let expected = 0n
    for (let block = share; ; block++) {
      const shares = Array.from({ length: block - share + 1 }, (_, i) => ({
        miner: block - i === share ? 'he' : 'others',
        score: scoreAt(block - i, block),
      }))
      const his = takeWindow(shares, length).scores.get('he')
      if (his === undefined) break
      expected += (chanceOf(block) * his) / BigInt(WINDOW_BLOCKS)
    }
    return Number(expected) / Number(SCORE_UNIT) / Number(chanceOf(share))
  }

  it('is 5 % harder', () => {
    expect(Number(BEFORE) / Number(AFTER)).toBeCloseTo(1.05, 5)
  })

  it('gains nothing when a share scores by the network of its own time', () => {
    for (let share = RETARGET_AT - 300; share <= RETARGET_AT + 50; share += 35) {
      expect(payRatio(share, chanceOf)).toBeCloseTo(1, 3)
    }
  })

  it('would gain when it scored by the network of the block', () => {
    const byBlock = (_share: number, block: number): bigint => chanceOf(block)
    expect(payRatio(RETARGET_AT - 300, byBlock)).toBeCloseTo(1, 3)
    expect(payRatio(RETARGET_AT - 1, byBlock)).toBeLessThan(0.96)
  })
})
