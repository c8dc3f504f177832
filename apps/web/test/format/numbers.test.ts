import { parseBtc } from '@headframe/core/units'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCount, formatDifficulty, formatWork } from '../../src/format/count'
import { formatEffort, roundsEndedBy } from '../../src/format/effort'
import { formatHashrate, hashrateParts } from '../../src/format/hashrate'
import { formatBtc, formatSats } from '../../src/format/money'
import { formatPartOf } from '../../src/format/share'
import { shorten } from '../../src/format/shorten'

describe('hashrate', () => {
  it('is digits and a unit', () => {
    expect(hashrateParts(1.234e12)).toEqual({ value: '1.23', unit: 'TH/s' })
    expect(formatHashrate(0)).toBe('0 H/s')
    expect(formatHashrate(7.4e20)).toBe('740 EH/s')
  })
})

describe('counts', () => {
  it('groups thousands and keeps the sign', () => {
    expect(formatCount(1234567)).toBe('1,234,567')
    expect(formatCount(-12n)).toBe('-12')
    expect(formatCount(-1200n)).toBe('-1,200')
  })
  it('writes difficulties from a regtest node to mainnet', () => {
    expect(formatDifficulty(4.656542373906925e-10)).toBe('4.66e-10')
    expect(formatDifficulty(0.0001)).toBe('0.0001')
    expect(formatDifficulty(1)).toBe('1')
    expect(formatDifficulty(2.5)).toBe('2.50')
    expect(formatDifficulty(512)).toBe('512')
    expect(formatDifficulty(262_144)).toBe('262,144')
    expect(formatDifficulty(1_048_576)).toBe('1.05 M')
    expect(formatDifficulty(126.98e12)).toBe('127 T')
  })
  it('writes work in hashes', () => {
    expect(formatWork(4_295_032_833n)).toBe('4.30 Ghashes')
  })
})

describe('money', () => {
  it('is exact to the satoshi, however large', () => {
    expect(formatBtc(312_500_000n)).toBe('3.12500000')
    expect(formatBtc(-1n)).toBe('-0.00000001')
    expect(formatBtc(2_099_999_997_690_000n)).toBe('20,999,999.97690000')
    expect(formatSats(2_099_999_997_690_000n)).toBe('2,099,999,997,690,000')
  })
  it('can be read back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }), (sats) => {
        expect(parseBtc(formatBtc(sats).replaceAll(',', ''))).toBe(sats)
      }),
    )
  })
})

describe('effort', () => {
  it.each([
    [0, '0 %'],
    [0.0001, '< 0.1 %'],
    [0.0123, '1.2 %'],
    [0.84, '84 %'],
    [3.124, '312 %'],
    [9.999, '1000 %'],
    [10, '10.0×'],
    [2147.48, '2,147×'],
    [4.29e9, '4,290,000,000×'],
    [3.2e18, '3.20e+18×'],
  ])('%d is %s', (effort, text) => {
    expect(formatEffort(effort)).toBe(text)
  })
  it('places the expected effort where 63 of 100 rounds have ended', () => {
    expect(roundsEndedBy(0)).toBe(0)
    expect(roundsEndedBy(1)).toBeCloseTo(0.632, 3)
    expect(roundsEndedBy(5000)).toBe(1)
  })
})

describe('formatPartOf', () => {
  it.each([
    [0n, 10n, '0 %'],
    [10n, 10n, '100 %'],
    [1n, 8n, '12.5 %'],
    [1n, 1_000_000_000n, '< 0.01 %'],
    [999_999_999n, 1_000_000_000n, '> 99.99 %'],
    [1n, 0n, '0 %'],
  ])('%d of %d is %s', (part, whole, text) => {
    expect(formatPartOf(part, whole)).toBe(text)
  })
  it('says 0 and 100 of nothing but nothing and all', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 90n }), fc.bigInt({ min: 1n, max: 2n ** 90n }), (a, b) => {
        const text = formatPartOf(a, a + b)
        expect(['0 %', '0.00 %', '100 %', '100.0 %']).not.toContain(text)
      }),
    )
  })
})

describe('shorten', () => {
  it('keeps both ends and never grows', () => {
    expect(shorten('bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080', 10, 6)).toBe('bcrt1qw508…ygt080')
    fc.assert(
      fc.property(fc.string(), fc.nat(20), fc.nat(20), (text, head, tail) => {
        const short = shorten(text, head, tail)
        expect(short.length).toBeLessThanOrEqual(text.length)
        expect(short.startsWith(text.slice(0, Math.min(head, text.length)))).toBe(true)
      }),
    )
  })
})
