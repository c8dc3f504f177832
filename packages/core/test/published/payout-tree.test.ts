import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalBytes } from '../../src/bytes.js'
import { nodeSum } from '../../src/journal/merkle-sum.js'
import {
  climbPayout,
  payoutLeaf,
  payoutRoot,
  provePayout,
  type PayoutRow,
} from '../../src/published/payout-tree.js'

const row: fc.Arbitrary<PayoutRow> = fc.record({
  payee: fc.stringMatching(/^[a-z0-9-]{1,62}$/),
  score: fc.bigInt({ min: 0n, max: 1n << 120n }),
  amountSats: fc.bigInt({ min: 0n, max: 1n << 50n }),
  bonusSats: fc.bigInt({ min: 0n, max: 1n << 50n }),
  directSats: fc.bigInt({ min: 0n, max: 1n << 50n }),
})
const rows = fc.array(row, { minLength: 1, maxLength: 40 })
const sumOf = (some: readonly PayoutRow[]): bigint => some.reduce((sum, { score }) => sum + score, 0n)

describe('the tree over the lines of a split', () => {
  it('proves each line and what stands before it', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (all, pick) => {
        const index = pick % all.length
        const climbed = climbPayout(payoutLeaf(all[index]!), provePayout(all, index))
        expect(climbed).toEqual({ root: payoutRoot(all), sumBefore: sumOf(all.slice(0, index)) })
        expect(nodeSum(climbed!.root)).toBe(sumOf(all))
      }),
    )
  })

  it('does not lead to its root from another line, another place, or by a path that was changed', () => {
    fc.assert(
      fc.property(rows, fc.nat(), fc.nat(), fc.nat({ max: 63 }), (all, pick, otherPick, byte) => {
        const index = pick % all.length
        const proof = provePayout(all, index)
        const root = payoutRoot(all)
        const leadsThere = (...args: Parameters<typeof climbPayout>): boolean => {
          const climbed = climbPayout(...args)
          return climbed !== undefined && equalBytes(climbed.root, root)
        }
        const own = all[index]!
        const leaf = payoutLeaf(own)
        expect(leadsThere(payoutLeaf({ ...own, amountSats: own.amountSats + 1n }), proof)).toBe(false)
        expect(leadsThere(payoutLeaf({ ...own, payee: `${own.payee}x` }), proof)).toBe(false)
        expect(leadsThere(payoutLeaf({ ...own, bonusSats: own.bonusSats + 1n }), proof)).toBe(false)
        expect(leadsThere(payoutLeaf({ ...own, directSats: own.directSats + 1n }), proof)).toBe(false)
        if (proof.path.length === 0) return
        const at = otherPick % proof.path.length
        const path = proof.path.map((node) => node.slice())
        path[at]![byte]! ^= 1
        expect(leadsThere(leaf, { ...proof, path })).toBe(false)
        expect(leadsThere(leaf, { ...proof, path: proof.path.slice(1) })).toBe(false)
        expect(climbPayout(leaf, { ...proof, path: [...proof.path, leaf] })).toBeUndefined()
      }),
    )
  })

  it('never throws, whatever it is given', () => {
    const node = fc.uint8Array({ minLength: 60, maxLength: 64 })
    const number = fc.oneof(fc.integer(), fc.double(), fc.nat({ max: 40 }))
    fc.assert(
      fc.property(node, number, number, fc.array(node, { maxLength: 40 }), (leaf, index, count, path) => {
        climbPayout(leaf, { index, count, path })
      }),
    )
  })
})
