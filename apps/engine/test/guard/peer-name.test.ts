import { peerNameOf } from '@headframe/core/net/peer-name'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addressKeyOf, formatAddressKey } from '../../src/guard/address-key.js'

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
