import { peerNameOf } from '@headframe/core/net/peer-name'

/** What `instrumentation.ts` writes into every request: whose socket it came by. Nobody else can. */
export const PEER_HEADER = 'x-headframe-peer'

/**
 * Who calls, as far as an address tells: an IPv4 address, or the /64 of an IPv6 address. Behind a proxy the address is
 * in a header that the proxy sets, of which only the last entry is its own word.
 */
export function peerOf(headers: Headers, trustedHeader: string | undefined): string {
  const told = trustedHeader === undefined ? null : headers.get(trustedHeader)
  const address = told?.split(',').at(-1)?.trim() ?? headers.get(PEER_HEADER) ?? ''
  return peerNameOf(address) ?? 'unknown'
}

/**
 * The same for what one peer alone may see. Undefined where a proxy seems to stand in between that the operator has not
 * named: all who come through it would be one.
 */
export function ownPeerOf(headers: Headers, trustedHeader: string | undefined): string | undefined {
  if (trustedHeader !== undefined && headers.get(trustedHeader) === null) return undefined
  const peer = peerOf(headers, trustedHeader)
  if (peer === 'unknown') return undefined
  // Next writes the connection's own address into it where nobody else has written anything.
  const forwarded = trustedHeader === undefined ? headers.get('x-forwarded-for') : null
  return forwarded === null || peerNameOf(forwarded.trim()) === peer ? peer : undefined
}
