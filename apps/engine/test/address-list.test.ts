import { describe, expect, test } from 'vitest'
import { isListed, parseAddressList } from '../src/address-list.js'

describe('an address list', () => {
  const list = parseAddressList('127.0.0.0/8, ::1\n192.0.2.7\t2001:db8::/32,')

  test.each(['127.0.0.1', '127.255.0.9', '::1', '192.0.2.7', '::ffff:192.0.2.7', '2001:db8:ffff::1'])(
    'holds %s',
    (address) => expect(isListed(list, address)).toBe(true),
  )

  test.each(['128.0.0.1', '192.0.2.8', '::2', '2001:db9::1', '::ffff:192.0.2.8', 'nonsense', ''])(
    'does not hold "%s"',
    (address) => expect(isListed(list, address)).toBe(false),
  )

  test('may hold nobody or everybody', () => {
    expect(isListed(parseAddressList(' '), '192.0.2.7')).toBe(false)
    expect(isListed(parseAddressList('0.0.0.0/0'), '192.0.2.7')).toBe(true)
    expect(isListed(parseAddressList('::/0'), '2001:db8::1')).toBe(true)
  })

  test.each([
    ['10.0.0.0/33', '"10.0.0.0/33": what stands behind the slash is 0 to 32'],
    ['::/129', '0 to 128'],
    ['10.0.0.0/', '0 to 32'],
    ['10.0.0.0/8/8', '"10.0.0.0/8/8" is not an address'],
    ['10.0.0', 'is not an address or network'],
    ['fe80::1%eth0', 'is not an address or network'],
    ['127.0.0.1, pool.example', '"pool.example" is not'],
  ])('refuses %s by name', (text, message) => {
    expect(() => parseAddressList(text)).toThrow(message)
  })
})
