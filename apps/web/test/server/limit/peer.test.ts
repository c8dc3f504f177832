import { describe, expect, it } from 'vitest'
import { ownPeerOf, PEER_HEADER, peerOf } from '../../../src/server/limit/peer'

const from = (address: string, others: Record<string, string> = {}) =>
  new Headers({ [PEER_HEADER]: address, ...others })

describe('whose call it is', () => {
  it('is told by the socket: an address, or the /64 of one', () => {
    expect(peerOf(from('192.0.2.7'), undefined)).toBe('192.0.2.7')
    expect(peerOf(from('::ffff:192.0.2.7'), undefined)).toBe('192.0.2.7')
    expect(peerOf(from('2001:db8:0:1::5'), undefined)).toBe('2001:db8:0:1::/64')
    expect(peerOf(from('2001:0db8::1:ffff:0:0:5'), undefined)).toBe('2001:db8:0:1::/64')
    expect(peerOf(from('2001:db8::'), undefined)).toBe('2001:db8:0:0::/64')
    expect(peerOf(from('::1'), undefined)).toBe('0:0:0:0::/64')
    expect(peerOf(from('64:ff9b:1:2:3:4:192.0.2.7'), undefined)).toBe('64:ff9b:1:2::/64')
  })

  it('is not told by a header, unless somebody trusts it', () => {
    const headers = from('192.0.2.7', { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' })
    expect(peerOf(headers, undefined)).toBe('192.0.2.7')
    // What stands in front of the last entry came from the client.
    expect(peerOf(headers, 'x-forwarded-for')).toBe('203.0.113.9')
  })

  it('counts all who have none as one', () => {
    expect(peerOf(new Headers(), undefined)).toBe('unknown')
    expect(peerOf(from('nonsense'), undefined)).toBe('unknown')
  })
})

describe('what one peer alone may see', () => {
  const own = (headers: Record<string, string>, trusted?: string) => ownPeerOf(new Headers(headers), trusted)
  const connected = { [PEER_HEADER]: '::ffff:192.0.2.1' }

  it('is shown to the other end of the connection', () => {
    expect(own(connected)).toBe('192.0.2.1')
    expect(own({ ...connected, 'x-forwarded-for': '::ffff:192.0.2.1' })).toBe('192.0.2.1')
    expect(own({})).toBeUndefined()
  })

  it('is shown to nobody where a proxy stands that the operator has not named', () => {
    expect(own({ ...connected, 'x-forwarded-for': '203.0.113.9' })).toBeUndefined()
  })

  it('is shown to whom the named proxy serves, by its last word alone', () => {
    const asked = { ...connected, 'x-forwarded-for': '192.0.2.99, 203.0.113.9' }
    expect(own(asked, 'x-forwarded-for')).toBe('203.0.113.9')
    expect(own(connected, 'x-forwarded-for')).toBeUndefined()
  })
})
