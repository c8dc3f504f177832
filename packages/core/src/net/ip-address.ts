const IPV4_BYTES = 4
const IPV6_BYTES = 16
const MAX_ADDRESS_CHARS = 64
/** RFC 4291 section 2.5.5.2: what an IPv4 address looks like on an IPv6 socket. */
const MAPPED_PREFIX = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]

/**
 * The bytes of an address in network order: 4 for IPv4, also when it is written as IPv6 (`::ffff:192.0.2.1`), else 16.
 * A zone (`%eth0`) is left out. Undefined when the text is no address.
 */
export function parseIpAddress(text: string): Uint8Array | undefined {
  if (text.length > MAX_ADDRESS_CHARS) return undefined
  if (!text.includes(':')) return parseIpv4(text)
  const bytes = parseIpv6(text.replace(/%[^%]+$/, ''))
  const isMapped = bytes !== undefined && MAPPED_PREFIX.every((byte, at) => bytes[at] === byte)
  return isMapped ? bytes.subarray(MAPPED_PREFIX.length) : bytes
}

/** One text for one address: dotted decimals, or RFC 5952 (lower case, the longest run of zeros as `::`). */
export function formatIpAddress(bytes: Uint8Array): string {
  if (bytes.length === IPV4_BYTES) return bytes.join('.')
  const groups: number[] = []
  for (let at = 0; at < IPV6_BYTES; at += 2) groups.push((bytes[at]! << 8) | bytes[at + 1]!)
  const { start, length } = longestZeros(groups)
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':')
  return length < 2 ? text(groups) : `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`
}

/** The one text of whatever text an address is written as; undefined when it is none. */
export function canonicalIpAddress(text: string): string | undefined {
  const bytes = parseIpAddress(text)
  return bytes && formatIpAddress(bytes)
}

/** Four decimals without leading zeros, which some would read as octal. */
function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  const isAddress =
    parts.length === IPV4_BYTES &&
    parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  return isAddress ? Uint8Array.from(parts, Number) : undefined
}

/** RFC 4291 section 2.2: eight groups, one run of them as `::`, the last two perhaps as IPv4. */
function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const head = parseGroups(halves[0]!, halves.length === 1)
  const tail = parseGroups(halves[1] ?? '', true)
  if (head === undefined || tail === undefined) return undefined
  const missing = IPV6_BYTES - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 2) return undefined
  const bytes = new Uint8Array(IPV6_BYTES)
  bytes.set(head)
  bytes.set(tail, IPV6_BYTES - tail.length)
  return bytes
}

function parseGroups(text: string, mayEndInIpv4: boolean): number[] | undefined {
  if (text === '') return []
  const bytes: number[] = []
  const groups = text.split(':')
  for (const [at, group] of groups.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(group)) {
      const value = Number.parseInt(group, 16)
      bytes.push(value >> 8, value & 0xff)
      continue
    }
    const ipv4 = mayEndInIpv4 && at === groups.length - 1 ? parseIpv4(group) : undefined
    if (ipv4 === undefined) return undefined
    bytes.push(...ipv4)
  }
  return bytes.length <= IPV6_BYTES ? bytes : undefined
}

/** The first of the longest runs. */
function longestZeros(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let longest = { start: 0, length: 0 }
  let length = 0
  for (const [at, group] of groups.entries()) {
    length = group === 0 ? length + 1 : 0
    if (length > longest.length) longest = { start: at - length + 1, length }
  }
  return longest
}
