import { parseIpAddress } from './ip-address.js'

/** Addresses that begin with the same bits. */
export interface AddressRange {
  /** 4 or 16 bytes; what stands behind the prefix does not count. */
  readonly bytes: Uint8Array
  readonly prefixBits: number
}

/**
 * Reads addresses and ranges (`10.0.0.0/8 2001:db8::/32 192.0.2.7`) behind commas or spaces.
 * Throws an Error that names the part that is none.
 */
export function parseAddressRanges(text: string): AddressRange[] {
  return text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map(parseAddressRange)
}

function parseAddressRange(part: string): AddressRange {
  const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(part) ?? []
  const bytes = parseIpAddress(address)
  const prefixBits = prefix === undefined ? (bytes?.length ?? 0) * 8 : Number(prefix)
  if (bytes === undefined || prefixBits > bytes.length * 8) {
    throw new Error(`"${part}" is neither an address nor a range such as 10.0.0.0/8 or 2001:db8::/32`)
  }
  return { bytes, prefixBits }
}

/** Whether the address, as `parseIpAddress` gives it, lies in one of the ranges. */
export function isWithin(ranges: readonly AddressRange[], address: Uint8Array): boolean {
  return ranges.some((range) => range.bytes.length === address.length && sharesPrefix(range, address))
}

function sharesPrefix({ bytes, prefixBits }: AddressRange, address: Uint8Array): boolean {
  const wholeBytes = prefixBits >> 3
  for (let at = 0; at < wholeBytes; at++) if (bytes[at] !== address[at]) return false
  const restBits = prefixBits & 7
  return restBits === 0 || (bytes[wholeBytes]! ^ address[wholeBytes]!) >> (8 - restBits) === 0
}
