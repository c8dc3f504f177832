import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dustLimitSats } from '../../src/chain/dust.js'
import { cutValue } from '../../src/job/coinbase-plan.js'
import { plannedOutputs, scriptOf } from './planned-outputs.js'

const value = fc.bigInt({ min: 0n, max: 2_100_000_000_000_000n })

describe('cutValue', () => {
  it('pays exactly the value, each part to less than a satoshi, and nothing that is dust', () => {
    fc.assert(
      fc.property(value, plannedOutputs(8), (valueSats, fixed) => {
        const cut = cutValue(valueSats, fixed)
        const paid = cut.parts
        expect(paid.reduce((sum, output) => sum + output.valueSats, cut.restSats)).toBe(valueSats)
        expect(cut.restSats).toBeGreaterThanOrEqual(0n)
        for (const output of paid) {
          expect(output.valueSats).toBeGreaterThanOrEqual(dustLimitSats(output.script))
          const { basisPoints } = fixed.find(({ script }) => script === output.script)!
          const tenThousandths = output.valueSats * 10_000n - valueSats * BigInt(basisPoints)
          expect(tenThousandths).toBeGreaterThan(-10_000n)
          expect(tenThousandths).toBeLessThan(10_000n)
        }
      }),
    )
  })

  it('gives a part the same whatever stands behind it', () => {
    fc.assert(
      fc.property(value, plannedOutputs(8), fc.nat(8), (valueSats, fixed, kept) => {
        const all = cutValue(valueSats, fixed).parts
        const some = cutValue(valueSats, fixed.slice(0, kept)).parts
        expect(all.slice(0, some.length)).toEqual(some)
      }),
    )
  })

  it('is the fee of the ledger to the satoshi when the fee is the first part', () => {
    fc.assert(
      fc.property(value, fc.nat(10_000), (valueSats, basisPoints) => {
        const fee = (valueSats * BigInt(basisPoints)) / 10_000n
        const { parts } = cutValue(valueSats, [{ script: scriptOf('p2tr', 1), basisPoints }])
        expect(parts[0]?.valueSats ?? 0n).toBe(fee < 330n ? 0n : fee)
      }),
    )
  })

  it('cannot pay more than there is', () => {
    const parts = [5_001, 5_000].map((basisPoints) => ({
      script: scriptOf('p2tr', basisPoints),
      basisPoints,
    }))
    expect(() => cutValue(1n, parts)).toThrow('10001 basis points')
  })
})
