import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBtc, parseBtc, SATS_PER_BTC } from '../src/units.js'

describe('bitcoin amounts', () => {
  it.each([
    [0n, '0.00000000'],
    [1n, '0.00000001'],
    [-1n, '-0.00000001'],
    [312_500_000n, '3.12500000'],
    [-150_000_000n, '-1.50000000'],
    [21_000_000n * SATS_PER_BTC, '21000000.00000000'],
  ])('%d satoshis are %s', (sats, text) => {
    expect(formatBtc(sats)).toBe(text)
    expect(parseBtc(text)).toBe(sats)
  })

  it('loses nothing, beyond what a double could hold', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }), (sats) => {
        expect(parseBtc(formatBtc(sats))).toBe(sats)
      }),
    )
  })

  it.each([
    ['1', 100_000_000n],
    ['0.1', 10_000_000n],
    ['-0.5', -50_000_000n],
    ['007.0', 700_000_000n],
  ])('reads %s', (text, sats) => {
    expect(parseBtc(text)).toBe(sats)
  })

  it.each(['', '.', '.5', '1.', '1e8', '1,5', ' 1', '+1', '0.000000001', 'NaN', '0x1', '1234567890123'])(
    'refuses %j',
    (text) => {
      expect(() => parseBtc(text)).toThrow(RangeError)
    },
  )
})
