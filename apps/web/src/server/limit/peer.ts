import { isIP } from 'node:net'

/** What `instrumentation.ts` writes into every request: whose socket it came by. Nobody else can. */
export const PEER_HEADER = 'x-headframe-peer'

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i
const GROUPS = 8
/** A subscriber has all of a /64. */
const GROUPS_OF_PREFIX = 4

/**
 * Who calls, as far as an address tells: an IPv4 address, or the /64 of an IPv6 address. Behind a proxy the address is
 * in a header that the proxy sets, of which only the last entry is its own word.
 */
export function peerOf(headers: Headers, trustedHeader: string | undefined): string {
  const told = trustedHeader === undefined ? null : headers.get(trustedHeader)
  const address = told?.split(',').at(-1)?.trim() ?? headers.get(PEER_HEADER) ?? ''
  return prefixOf(address)
}

function prefixOf(address: string): string {
  const plain = MAPPED.exec(address)?.[1] ?? address
  const version = isIP(plain)
  if (version === 0) return 'unknown'
  return version === 4 ? plain : `${firstGroups(plain).join(':')}::/64`
}

/** The first half of a valid IPv6 address, each group without leading zeros. */
function firstGroups(address: string): string[] {
  const [head = '', tail] = address.split('%', 1)[0]!.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  // An IPv4 address at the end stands for two groups; it is never in the first half.
  const written = before.length + after.length + (address.includes('.') ? 1 : 0)
  const zeros = tail === undefined ? [] : Array<string>(GROUPS - written).fill('0')
  const groups = [...before, ...zeros, ...after].slice(0, GROUPS_OF_PREFIX)
  return groups.map((group) => parseInt(group, 16).toString(16))
}
