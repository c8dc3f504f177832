import { parseIpAddress } from './ip-address.js'

const IPV4_BYTES = 4
/** Of an IPv6 address, what names a subscriber: he has the whole /64. */
const SUBSCRIBER_BYTES = 8

/**
 * Who counts as one peer, as Redis has it: `192.0.2.7`, or `2001:db8:0:1::/64`. Undefined for what is no address. The
 * same as `formatAddressKey(addressKeyOf(address))` of the engine's guard, which a test holds them to.
 */
export function peerNameOf(address: string): string | undefined {
  const bytes = parseIpAddress(address)
  if (bytes === undefined || bytes.length === IPV4_BYTES) return bytes?.join('.')
  const groups: string[] = []
  for (let at = 0; at < SUBSCRIBER_BYTES; at += 2)
    groups.push(((bytes[at]! << 8) | bytes[at + 1]!).toString(16))
  return `${groups.join(':')}::/64`
}

/** The same of what a person writes, or of such a name itself; undefined when it is neither. */
export function readPeerName(text: string): string | undefined {
  const [, address = '', prefix] = /^([^/]+)(\/64)?$/.exec(text.trim()) ?? []
  const name = peerNameOf(address)
  return prefix === undefined || name?.endsWith(prefix) ? name : undefined
}
