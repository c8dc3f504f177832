import { describe, expect, it } from 'vitest'
import { bandOf, basisOf } from '../../src/components/hashrate-value'

const hour = {
  measured: true,
  hashesPerSecond: 1e12,
  seconds: 3600,
  shareCount: 400,
  effectiveCount: 400,
} as const

describe('basisOf', () => {
  it('says what a hashrate rests on', () => {
    expect(basisOf(hour)).toBe('from 400 shares in 1 h')
    expect(basisOf({ ...hour, shareCount: 1, seconds: 90 })).toBe('from 1 share in 1 min')
  })
  it('says between what it lies by chance', () => {
    expect(bandOf(hour)).toBe('90 % sure to lie between 919 GH/s and 1.09 TH/s')
    expect(bandOf({ ...hour, effectiveCount: 0 })).toBeUndefined()
  })
  it('says why there is none', () => {
    expect(basisOf({ measured: false, why: 'too-early' })).toBe('too few shares yet to say')
  })
})
