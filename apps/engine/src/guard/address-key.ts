import { isIP } from 'node:net'

/**
 * Who counts as one peer's address: an IPv4 address, or the /64 of an IPv6 address, for a subscriber has all of it.
 * A number (the 32 bits, signed) for IPv4, which a Map keeps without an object; for IPv6 the first four groups as
 * `2001:db8:0:1`.
 */
export type AddressKey = number | string

/** What an address that cannot be read is counted as: 0.0.0.0, which no peer has. */
const NO_ADDRESS = 0
const MAPPED = /^::ffff:([\d.]+)$/i
const GROUPS = 8
const GROUPS_OF_KEY = 4
const GROUPS_OF_SUBNET = 3

/** The key of an address as `socket.remoteAddress` gives it; IPv4 inside IPv6 (RFC 4291, 2.5.5.2) is IPv4. */
export function addressKeyOf(address: string): AddressKey {
  const plain = MAPPED.exec(address)?.[1] ?? address
  const version = isIP(plain)
  if (version === 0) return NO_ADDRESS
  if (version === 4) return ipv4Bits(plain)
  const groups = ipv6Groups(plain)
  const isMapped = groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff'
  if (isMapped) return (parseInt(groups[6]!, 16) << 16) | parseInt(groups[7]!, 16)
  return groups.slice(0, GROUPS_OF_KEY).join(':')
}

/** The network round an address: an IPv4 /24, an IPv6 /48. Not to be mixed with keys of addresses. */
export function subnetKeyOf(key: AddressKey): AddressKey {
  if (typeof key === 'number') return key >> 8
  return key.split(':', GROUPS_OF_SUBNET).join(':')
}

/** For people and for Redis: `192.0.2.7`, or `2001:db8:0:1::/64`. */
export function formatAddressKey(key: AddressKey): string {
  if (typeof key === 'string') return `${key}::/64`
  return [key >>> 24, (key >>> 16) & 0xff, (key >>> 8) & 0xff, key & 0xff].join('.')
}

/** The key of what a person writes or `formatAddressKey` wrote, or undefined when it is no such address. */
export function readAddressKey(text: string): AddressKey | undefined {
  const [address = '', ...prefixes] = text.trim().split('/')
  const version = isIP(address)
  const isWhole = prefixes.length === 0 || (version === 6 && prefixes.join() === '64')
  return version !== 0 && isWhole ? addressKeyOf(address) : undefined
}

function ipv4Bits(address: string): number {
  let bits = 0
  for (const part of address.split('.')) bits = (bits << 8) | Number(part)
  return bits
}

/** The eight groups of a valid IPv6 address, lower case and without leading zeros. */
function ipv6Groups(address: string): string[] {
  const [unscoped = ''] = address.split('%', 1)
  const hex = unscoped.replace(/[\d.]+\.\d+$/, (ipv4) => {
    const bits = ipv4Bits(ipv4)
    return `${(bits >>> 16).toString(16)}:${(bits & 0xffff).toString(16)}`
  })
  const [head = '', tail] = hex.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array<string>(GROUPS - before.length - after.length).fill('0')
  return [...before, ...zeros, ...after].map((group) => parseInt(group, 16).toString(16))
}
