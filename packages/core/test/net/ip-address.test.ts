import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalIpAddress, formatIpAddress, parseIpAddress } from '../../src/net/ip-address.js'

describe('the text of an address', () => {
  // RFC 5952, sections 4 and 5, and the forms that it replaces (section 2).
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['2001:0db8::0001', '2001:db8::1'],
    ['2001:db8:0:0:0:0:2:1', '2001:db8::2:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:db8::1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:DB8:AAAA:bbbb:cCcC:dddd:eeee:aaaa', '2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ])('of %s is %s', (text, canonical) => {
    expect(canonicalIpAddress(text)).toBe(canonical)
  })

  it.each([
    '',
    'localhost',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.4 ',
    '1.2.3.-4',
    '0x1.2.3.4',
    ':',
    ':::',
    '1:::2',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '12345::',
    '::g',
    '1.2.3.4::',
    '::1.2.3.4:1',
    '::1.2.3.256',
    `${'0'.repeat(60)}::1`,
  ])('%j is none', (text) => {
    expect(canonicalIpAddress(text)).toBeUndefined()
  })

  it('is read back to the same bytes', () => {
    const group = fc.oneof(fc.constant([0, 0]), fc.tuple(fc.nat(255), fc.nat(255)))
    const ipv6 = fc
      .array(group, { minLength: 8, maxLength: 8 })
      .map((groups) => Uint8Array.from(groups.flat()))
    const ipv4 = fc.uint8Array({ minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), (bytes) => {
        const text = formatIpAddress(bytes)
        expect(parseIpAddress(text)).toEqual(bytes)
        expect(canonicalIpAddress(text.toUpperCase())).toBe(text)
      }),
    )
  })
})
