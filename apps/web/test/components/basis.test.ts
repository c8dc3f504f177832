import { describe, expect, it } from 'vitest'
import { basisOf } from '../../src/components/hashrate-value'

const hour = { measured: true, hashesPerSecond: 1e12, seconds: 3600, shareCount: 400 } as const

describe('basisOf', () => {
  it('says what a hashrate rests on', () => {
    expect(basisOf(hour)).toBe('from 400 shares in 1 h')
    expect(basisOf({ ...hour, shareCount: 1, seconds: 90 })).toBe('from 1 share in 1 min')
  })
  it('says how far chance moves it only where shares are alike', () => {
    expect(basisOf(hour, true)).toBe('from 400 shares in 1 h; chance alone moves this by about ±5.0 %')
    expect(basisOf({ ...hour, shareCount: 9 }, true)).toMatch(/±33 %$/)
    expect(basisOf({ ...hour, shareCount: 1 }, true)).not.toContain('±')
  })
  it('says why there is none', () => {
    expect(basisOf({ measured: false, why: 'too-early' })).toBe('too few shares yet to say')
  })
})
