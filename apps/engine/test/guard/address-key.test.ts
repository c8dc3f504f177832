import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressKeyOf, formatAddressKey, readAddressKey, subnetKeyOf } from '../../src/guard/address-key.js'

const ipv4 = fc.ipV4()
const ipv6 = fc.ipV6()

describe('the key of an address', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['255.255.255.255', '255.255.255.255'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:c000:0207', '192.0.2.7'],
    ['0:0:0:0:0:ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:DB8:0:01:a:b:c:d', '2001:db8:0:1::/64'],
    ['2001:db8:0:1::192.0.2.7', '2001:db8:0:1::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['unknown', '0.0.0.0'],
  ])('%s counts as %s', (address, text) => {
    expect(formatAddressKey(addressKeyOf(address))).toBe(text)
  })

  test('law: an IPv4 address is a key of its own, also inside IPv6', () => {
    fc.assert(
      fc.property(ipv4, (address) => {
        expect(formatAddressKey(addressKeyOf(address))).toBe(address)
        expect(addressKeyOf(`::ffff:${address}`)).toBe(addressKeyOf(address))
      }),
    )
  })

  test('law: what is formatted is read back', () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), (address) => {
        const key = addressKeyOf(address)
        expect(readAddressKey(formatAddressKey(key))).toBe(key)
      }),
    )
  })

  test('law: IPv6 addresses share a key exactly when they share their first 64 bits', () => {
    const group = fc.integer({ min: 0, max: 0xffff })
    const half = fc.array(group, { minLength: 4, maxLength: 4 })
    // Below 2000:: there are the addresses that hold an IPv4 address.
    const network = half.map(([first, ...rest]) => [0x2000 | first!, ...rest])
    const text = (...groups: number[][]) =>
      groups
        .flat()
        .map((value) => value.toString(16))
        .join(':')
    fc.assert(
      fc.property(network, network, half, half, (one, other, host, guest) => {
        expect(addressKeyOf(text(one, host))).toBe(addressKeyOf(text(one, guest)))
        const isSame = text(one) === text(other)
        expect(addressKeyOf(text(one, host)) === addressKeyOf(text(other, host))).toBe(isSame)
      }),
    )
  })

  test.each([
    '',
    '192.0.2.7/24',
    '192.0.2.7/64',
    '2001:db8::/48',
    '2001:db8::/64/64',
    'pool.example',
    '1.2.3',
  ])('is not read from "%s"', (text) => expect(readAddressKey(text)).toBeUndefined())
})

describe('the key of a subnet', () => {
  const subnetOf = (address: string) => subnetKeyOf(addressKeyOf(address))

  test('is that of the /24', () => {
    expect(subnetOf('203.0.113.1')).toBe(subnetOf('203.0.113.255'))
    expect(subnetOf('203.0.113.1')).not.toBe(subnetOf('203.0.114.1'))
  })

  test('and of the /48', () => {
    expect(subnetOf('2001:db8:5:1::1')).toBe(subnetOf('2001:db8:5:ffff::1'))
    expect(subnetOf('2001:db8:5:1::1')).not.toBe(subnetOf('2001:db8:6:1::1'))
  })
})
