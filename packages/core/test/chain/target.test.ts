import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NETWORKS } from '../../src/chain/network.js'
import {
  DIFFICULTY_1_TARGET,
  difficultyOfNbits,
  difficultyOfTarget,
  isHashAtMost,
  nbitsOfTarget,
  numberOfHash,
  targetOfBytes,
  targetOfDifficulty,
  targetOfNbits,
  targetToBytes,
  workOfDifficulty,
  workOfTarget,
} from '../../src/chain/target.js'
import { hash } from '../arbitraries.js'

const MAX = (1n << 256n) - 1n
const target = fc.bigInt({ min: 0n, max: MAX })
/** From harder than any network to easier than any miner, on every scale alike. */
const difficulty = fc
  .tuple(fc.double({ min: 1, max: 2, noNaN: true, maxExcluded: true }), fc.integer({ min: -40, max: 100 }))
  .map(([mantissa, exponent]) => mantissa * 2 ** exponent)
const anyDifficulty = fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true })

describe('nbits', () => {
  // Bitcoin Core src/test/arith_uint256_tests.cpp, bignum_SetCompact: value and compact form.
  it.each([
    [0x01123456, 0x12n, 0x01120000],
    [0x02123456, 0x1234n, 0x02123400],
    [0x03123456, 0x123456n, 0x03123456],
    [0x04123456, 0x12345600n, 0x04123456],
    [0x05009234, 0x92340000n, 0x05009234],
    [0x20123456, 0x123456n << 232n, 0x20123456],
  ])('%i stand for a target', (nbits, expected, compact) => {
    expect(targetOfNbits(nbits)).toBe(expected)
    expect(nbitsOfTarget(expected)).toBe(compact)
  })

  // Same test; `pow.cpp` DeriveTarget refuses each.
  it.each([
    0, 0x00123456, 0x01003456, 0x02000056, 0x03000000, 0x04000000, 0x00923456, 0x01803456, 0x02800056,
    0x03800000, 0x04800000,
  ])('%i is zero, so no target', (nbits) => {
    expect(targetOfNbits(nbits)).toBeNull()
  })

  it.each([0x01fedcba, 0x04923456, 0x1d80ffff, 0x20ffffff])('%i is negative, so no target', (nbits) => {
    expect(targetOfNbits(nbits)).toBeNull()
  })

  // The last is pow_tests.cpp CheckProofOfWork_test_overflow_target.
  it.each([0xff123456, 0x21010000, 0x22000100, 0x23000001, 0xff7fffff])(
    '%i overflows, so is no target',
    (nbits) => {
      expect(targetOfNbits(nbits)).toBeNull()
    },
  )

  it('may be three bytes larger than a target, with a small word', () => {
    expect(targetOfNbits(0x2100ffff)).toBe(0xffffn << 240n)
    expect(targetOfNbits(0x220000ff)).toBe(0xffn << 248n)
  })

  it('never has the sign bit set', () => {
    expect(nbitsOfTarget(0x80n)).toBe(0x02008000)
    expect(nbitsOfTarget(0n)).toBe(0)
  })

  it.each([
    ['mainnet', 0x1d00ffff],
    ['testnet3', 0x1d00ffff],
    ['testnet4', 0x1d00ffff],
    ['signet', 0x1e0377ae],
    ['regtest', 0x207fffff],
  ] as const)('of the easiest %s block are those of its genesis block', (network, nbits) => {
    expect(nbitsOfTarget(NETWORKS[network].powLimit)).toBe(nbits)
  })

  it('keep the top of a target, and the compact form is its own', () => {
    fc.assert(
      fc.property(target, fc.integer({ min: 0, max: 255 }), (wide, shift) => {
        const value = (wide >> BigInt(shift)) + 1n
        fc.pre(value <= MAX)
        const rounded = targetOfNbits(nbitsOfTarget(value))
        if (rounded === null) throw new Error('every target above 0 has a compact form')
        expect(rounded <= value).toBe(true)
        // At least 15 bits are kept.
        expect((value - rounded) << 15n <= value).toBe(true)
        expect(nbitsOfTarget(rounded)).toBe(nbitsOfTarget(value))
      }),
    )
  })
})

describe('difficulty', () => {
  // As `getdifficulty` prints it: sixteen digits.
  it.each([
    [0x1d00ffff, 1],
    [0x1b0404cb, 16307.42093852398],
    [0x1a44b9f2, 244112.4877743364],
    [0x17034219, 86388558925171.02],
    [0x207fffff, 4.656542373906925e-10],
  ])('of %i is what the node says', (nbits, expected) => {
    expect(Number(difficultyOfNbits(nbits).toPrecision(16))).toBe(expected)
  })

  // Bitcoin Core src/test/blockchain_tests.cpp, with its tolerance: those of its nbits that stand for a target.
  it.each([
    [0x1f111111, 0.000001],
    [0x12345678, 5913134931067755359633408],
  ])('of %i is near %d', (nbits, expected) => {
    expect(Math.abs(difficultyOfNbits(nbits) - expected)).toBeLessThanOrEqual(0.00001 * Math.max(1, expected))
  })

  it('is none where there is no target', () => {
    expect(() => difficultyOfNbits(0x1d80ffff)).toThrow('nbits 1d80ffff stand for no target')
    expect(difficultyOfTarget(0n)).toBe(Infinity)
  })

  it.each([0, -1, -0, NaN, Infinity, -Infinity])('is not %d', (value) => {
    expect(() => targetOfDifficulty(value)).toThrow(RangeError)
    expect(() => workOfDifficulty(value)).toThrow(RangeError)
  })

  it.each([
    [1, DIFFICULTY_1_TARGET],
    [2, DIFFICULTY_1_TARGET >> 1n],
    [65535, 1n << 208n],
    [0.5, DIFFICULTY_1_TARGET << 1n],
    [2 ** -32, DIFFICULTY_1_TARGET << 32n],
    [2 ** -33, MAX],
    [Number.MIN_VALUE, MAX],
    [2 ** -1022, MAX],
    [2 ** 223, 1n],
    [2 ** 224, 0n],
    [Number.MAX_VALUE, 0n],
  ])('%d has its exact target', (value, expected) => {
    expect(targetOfDifficulty(value)).toBe(expected)
  })

  it('has the exact quotient as its target, by rational arithmetic', () => {
    fc.assert(
      fc.property(difficulty, (value) => {
        const [numerator, denominator] = fractionOf(value)
        const exact = (DIFFICULTY_1_TARGET * denominator) / numerator
        expect(targetOfDifficulty(value)).toBe(exact > MAX ? MAX : exact)
      }),
      { numRuns: 1000 },
    )
  })

  it('is met by its target, and by none that is larger', () => {
    fc.assert(
      fc.property(difficulty, (value) => {
        const own = targetOfDifficulty(value)
        fc.pre(own < MAX)
        const [numerator, denominator] = fractionOf(value)
        expect(own * numerator <= DIFFICULTY_1_TARGET * denominator).toBe(true)
        expect((own + 1n) * numerator > DIFFICULTY_1_TARGET * denominator).toBe(true)
      }),
    )
  })

  it('is harder when it is higher, over all doubles', () => {
    fc.assert(
      fc.property(anyDifficulty, anyDifficulty, (a, b) => {
        const [low, high] = a <= b ? [a, b] : [b, a]
        expect(targetOfDifficulty(low) >= targetOfDifficulty(high)).toBe(true)
        expect(workOfDifficulty(low) <= workOfDifficulty(high)).toBe(true)
      }),
    )
  })

  it('comes back from its target', () => {
    fc.assert(
      fc.property(difficulty, (value) => {
        fc.pre(targetOfDifficulty(value) < MAX)
        const back = difficultyOfTarget(targetOfDifficulty(value))
        expect(Math.abs(back / value - 1)).toBeLessThan(2 ** -51)
      }),
    )
  })
})

describe('work', () => {
  // A chain's chainwork is the sum of these; block 0 of mainnet has 0x100010001.
  it.each([
    [DIFFICULTY_1_TARGET, 0x100010001n],
    [NETWORKS.regtest.powLimit, 2n],
    [MAX, 1n],
    [0n, 1n << 256n],
  ])('of the target %i', (value, expected) => {
    expect(workOfTarget(value)).toBe(expected)
  })

  it('is that of the target, by Bitcoin Core’s own formula', () => {
    fc.assert(
      fc.property(target, (value) => {
        // chain.cpp computes it in 256 bits: ~target / (target + 1) + 1.
        fc.pre(value < MAX)
        expect(workOfTarget(value)).toBe((MAX ^ value) / (value + 1n) + 1n)
      }),
    )
  })

  it('of a difficulty is about 2^32 hashes for each unit', () => {
    fc.assert(
      fc.property(difficulty, (value) => {
        const target = targetOfDifficulty(value)
        fc.pre(target < MAX)
        expect(workOfDifficulty(value)).toBe(workOfTarget(target))
        fc.pre(value >= 1)
        expect(Number(workOfDifficulty(value)) / (value * 0x100010001)).toBeCloseTo(1, 9)
      }),
    )
  })
})

describe('target bytes', () => {
  it('are the number, least significant byte first', () => {
    fc.assert(
      fc.property(target, (value) => {
        const bytes = targetToBytes(value)
        expect(Buffer.from(bytes).reverse().toString('hex')).toBe(value.toString(16).padStart(64, '0'))
        expect(targetOfBytes(bytes)).toBe(value)
      }),
    )
  })

  it('are read from a view', () => {
    const memory = new Uint8Array(40)
    memory.set(targetToBytes(DIFFICULTY_1_TARGET), 3)
    expect(targetOfBytes(memory.subarray(3, 35))).toBe(DIFFICULTY_1_TARGET)
  })

  it('compare as the numbers do', () => {
    fc.assert(
      fc.property(hash, hash, fc.integer({ min: 0, max: 32 }), (a, other, same) => {
        // The same bytes on top, so that the difference is found anywhere.
        const b = Uint8Array.from(other)
        b.set(a.subarray(32 - same), 32 - same)
        expect(isHashAtMost(a, b)).toBe(targetOfBytes(a) <= targetOfBytes(b))
        expect(isHashAtMost(a, a)).toBe(true)
        const [lower, higher] = targetOfBytes(a) <= targetOfBytes(b) ? [a, b] : [b, a]
        expect(numberOfHash(lower)).toBeLessThanOrEqual(numberOfHash(higher))
        const exact = Number(targetOfBytes(a))
        expect(Math.abs(numberOfHash(a) - exact)).toBeLessThanOrEqual(exact * 2 ** -52)
      }),
    )
  })

  it('meet a target that is equal, and not one that is one less', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: MAX }), (value) => {
        expect(isHashAtMost(targetToBytes(value), targetToBytes(value))).toBe(true)
        expect(isHashAtMost(targetToBytes(value), targetToBytes(value - 1n))).toBe(false)
        expect(isHashAtMost(targetToBytes(value - 1n), targetToBytes(value))).toBe(true)
      }),
    )
  })
})

/** A double as numerator and denominator, without looking at its bits: doubling is exact. */
function fractionOf(value: number): [bigint, bigint] {
  let denominator = 1n
  let scaled = value
  while (!Number.isInteger(scaled)) {
    scaled *= 2
    denominator *= 2n
  }
  return [BigInt(scaled), denominator]
}
