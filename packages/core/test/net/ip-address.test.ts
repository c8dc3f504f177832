import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWithin, parseAddressRanges } from '../../src/net/address-range.js'
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

describe('a range of addresses', () => {
  const isIn = (ranges: string, address: string): boolean =>
    isWithin(parseAddressRanges(ranges), parseIpAddress(address)!)

  it.each([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.0.0.0/8', '::ffff:10.1.1.1', true],
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.6', false],
    ['192.0.2.128/25', '192.0.2.127', false],
    ['192.0.2.128/25', '192.0.2.128', true],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '203.0.113.9', false],
    ['2001:db8::/33', '2001:db8:7fff::1', true],
    ['2001:db8::/33', '2001:db8:8000::1', false],
    ['10.0.0.0/8, 2001:db8::/32 192.0.2.7', '192.0.2.7', true],
    ['', '10.0.0.1', false],
  ])('%j and %s: %s', (ranges, address, expected) => {
    expect(isIn(ranges, address)).toBe(expected)
  })

  it.each([
    '10.0.0/8',
    '10.0.0.0/33',
    '::/129',
    '10.0.0.0/',
    '/8',
    'proxy.example',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
  ])('%j is none, and the message names it', (part) => {
    expect(() => parseAddressRanges(`127.0.0.1 ${part}`)).toThrow(`"${part}" is neither`)
  })
})
