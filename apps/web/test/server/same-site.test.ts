import { describe, expect, it } from 'vitest'
import { isCrossSite } from '../../src/server/same-site'

const from = (headers: Record<string, string>): boolean =>
  isCrossSite(new Headers({ host: 'pool.example', ...headers }), undefined)

describe('a request that changes something', () => {
  it('is refused from a page of another site', () => {
    expect(from({ 'sec-fetch-site': 'cross-site' })).toBe(true)
    expect(from({ 'sec-fetch-site': 'same-site', origin: 'http://pool.example' })).toBe(true)
    expect(from({ origin: 'http://evil.example' })).toBe(true)
    expect(from({ origin: 'http://pool.example:81' })).toBe(true)
    expect(from({ origin: 'null' })).toBe(true)
  })

  it('is taken from a page of this one, and from what is no browser', () => {
    expect(from({ 'sec-fetch-site': 'same-origin' })).toBe(false)
    expect(from({ origin: 'http://pool.example' })).toBe(false)
    expect(from({})).toBe(false)
  })
})
