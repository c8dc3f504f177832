import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupDigits, scaleSi } from '../../src/format/si'

const FACTORS: Record<string, number> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Z: 1e21,
  Y: 1e24,
}

function valueOf(scaled: ReturnType<typeof scaleSi>): number {
  return Number(scaled.value.replaceAll(',', '')) * (FACTORS[scaled.prefix] ?? Number.NaN)
}

describe('scaleSi', () => {
  it.each([
    [0, '0', ''],
    [1, '1.00', ''],
    [9.999, '10.0', ''],
    [42, '42.0', ''],
    [999.4, '999', ''],
    [999.6, '1.00', 'k'],
    [1234567, '1.23', 'M'],
    [999_499_999, '999', 'M'],
    [999_500_000, '1.00', 'G'],
    [1.2e21, '1.20', 'Z'],
    [8.5e27, '8,500', 'Y'],
    [0.5, '0.5', ''],
    [0.000001, '0.000001', ''],
    [4.656542e-10, '4.66e-10', ''],
  ])('writes %d as %s %s', (quantity, value, prefix) => {
    expect(scaleSi(quantity)).toEqual({ value, prefix })
  })

  it('stays within half a unit of the third digit', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-7, max: 9.99e26, noNaN: true }), (quantity) => {
        expect(Math.abs(valueOf(scaleSi(quantity)) - quantity)).toBeLessThanOrEqual(quantity * 0.0051)
      }),
    )
  })

  it('is never wider than five characters up to 999 yotta', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 9.99e26, noNaN: true }), (quantity) => {
        expect(scaleSi(quantity).value).toMatch(/^(\d\.\d\d|\d\d\.\d|\d{3})$/)
      }),
    )
  })

  it('keeps the order of what it writes', () => {
    const positive = fc.double({ min: 1e-7, max: 9e26, noNaN: true })
    fc.assert(
      fc.property(positive, positive, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        // A hair of tolerance: the product of digits and factor is itself a double.
        expect(valueOf(scaleSi(low))).toBeLessThanOrEqual(valueOf(scaleSi(high)) * (1 + 1e-12))
      }),
    )
  })
})

describe('groupDigits', () => {
  it.each([
    ['0', '0'],
    ['999', '999'],
    ['1000', '1,000'],
    ['-1000', '-1,000'],
    ['-100', '-100'],
    ['1234567.12345678', '1,234,567.12345678'],
  ])('%s becomes %s', (digits, grouped) => {
    expect(groupDigits(digits)).toBe(grouped)
  })

  it('only ever adds commas', () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        expect(groupDigits(value.toString()).replaceAll(',', '')).toBe(value.toString())
      }),
    )
  })
})
