import { peerNameOf, readPeerName } from '@headframe/core/net/peer-name'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addressKeyOf, formatAddressKey, readAddressKey } from '../../src/guard/address-key.js'

it('a peer has one name, in the guard and for the page', () => {
  const addresses = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.ipV4().map((address) => `::ffff:${address}`),
  )
  fc.assert(
    fc.property(addresses, (address) => {
      expect(peerNameOf(address)).toBe(formatAddressKey(addressKeyOf(address)))
    }),
  )
  expect(peerNameOf('nonsense')).toBeUndefined()
})

it('what a person writes is read alike, and a name is read as itself', () => {
  const tails = fc.constantFrom('', '/64', '/32', '/64/64', ' ')
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), tails, (address, tail) => {
      const key = readAddressKey(address + tail)
      const name = key === undefined ? undefined : formatAddressKey(key)
      expect(readPeerName(address + tail)).toBe(name)
      if (name !== undefined) expect(readPeerName(name)).toBe(name)
    }),
  )
})
