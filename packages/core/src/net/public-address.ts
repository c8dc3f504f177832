import { parseIpAddress } from './ip-address.js'

/**
 * Networks that are nobody's on the public Internet, or lead somewhere else than they say: the registries of RFC 6890
 * (IANA special-purpose addresses), multicast, and IPv6 forms that carry an IPv4 address.
 */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  // Of IPv6 only 2000::/3 is given out; within it what is special.
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
].map(parseNetwork)

const IPV4_BYTES = 4

/**
 * Whether an address in text form is one that anybody on the Internet may be reached at. No text that is not an address
 * is; `::ffff:1.2.3.4` counts as the IPv4 address that it is.
 */
export function isPublicAddress(text: string): boolean {
  const bytes = parseIpAddress(text)
  if (bytes === undefined || text.includes('%')) return false
  if (bytes.length > IPV4_BYTES && bytes[0]! >> 5 !== 0b001) return false
  return !NOT_PUBLIC.some((network) => isWithin(bytes, network))
}

interface IpNetwork {
  readonly bytes: Uint8Array
  readonly bits: number
}

function parseNetwork(text: string): IpNetwork {
  const [address = '', bits] = text.split('/')
  return { bytes: parseIpAddress(address)!, bits: Number(bits) }
}

function isWithin(address: Uint8Array, { bytes, bits }: IpNetwork): boolean {
  if (address.length !== bytes.length) return false
  for (let bit = 0; bit < bits; bit += 8) {
    const mask = (0xff << Math.max(0, 8 - (bits - bit))) & 0xff
    if (((address[bit >> 3]! ^ bytes[bit >> 3]!) & mask) !== 0) return false
  }
  return true
}
