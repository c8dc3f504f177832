import { canonicalIpAddress, formatIpAddress, parseIpAddress } from './ip-address.js'

/** Who is behind a proxy, as its header says; the PROXY protocol, versions 1 and 2 (haproxy's proxy-protocol.txt). */
export interface ProxyHeader {
  /** How many of the bytes are the header; what follows is the peer's. */
  readonly headerBytes: number
  /**
   * The peer's address, in its one canonical text. Undefined when the connection is the proxy's own (`LOCAL`, a health
   * check) or of a kind that the header does not describe (`UNKNOWN`, UDP, UNIX): then it is that of the socket.
   */
  readonly sourceAddress: string | undefined
}

/** The bytes are no header and will not become one; `malformed` says why, in words for the operator. */
export interface MalformedProxyHeader {
  readonly malformed: string
}

/** Section 2.1: the longest line of version 1 with its line ending. */
export const MAX_V1_BYTES = 107
/** Longest header of version 2 with its extensions (TLVs), which a sender fits into one packet. */
export const MAX_V2_BYTES = 4_096

const V1_START = [0x50, 0x52, 0x4f, 0x58, 0x59, 0x20]
const V2_SIGNATURE = [0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a]
const V2_FIXED_BYTES = 16
const CR = 0x0d
const LF = 0x0a

/** Section 2.2: source and destination address and port, by address family. */
const V2_FAMILIES = [
  { addressBytes: 0, blockBytes: 0 },
  { addressBytes: 4, blockBytes: 12 },
  { addressBytes: 16, blockBytes: 36 },
  { addressBytes: 0, blockBytes: 216 },
] as const
const V2_MAX_PROTOCOL = 2
const V2_STREAM = 1

/**
 * Reads the header off the first bytes of a connection. `incomplete` asks for more of them: call again with all that
 * have come. Bytes that cannot become a header are malformed at once, and so is a header beyond its bound, so that a
 * caller never holds more than the bound and one read.
 */
export function parseProxyHeader(bytes: Uint8Array): ProxyHeader | MalformedProxyHeader | 'incomplete' {
  if (bytes.length === 0) return 'incomplete'
  if (bytes[0] === V2_SIGNATURE[0]) return parseV2(bytes)
  return parseV1(bytes)
}

/** Whether as many bytes as there are agree with what a header begins with. */
function agrees(bytes: Uint8Array, start: readonly number[]): boolean {
  const length = Math.min(bytes.length, start.length)
  for (let at = 0; at < length; at++) if (bytes[at] !== start[at]) return false
  return true
}

function parseV1(bytes: Uint8Array): ProxyHeader | MalformedProxyHeader | 'incomplete' {
  if (!agrees(bytes, V1_START)) return { malformed: 'does not begin with a PROXY header' }
  const end = bytes.subarray(0, MAX_V1_BYTES).indexOf(LF)
  if (end === -1 && bytes.length < MAX_V1_BYTES) return 'incomplete'
  if (end === -1 || bytes[end - 1] !== CR) {
    return { malformed: `has no CRLF within the ${MAX_V1_BYTES} bytes of a PROXY line` }
  }
  const line = String.fromCharCode(...bytes.subarray(0, end - 1))
  const headerBytes = end + 1
  if (/^PROXY UNKNOWN( |$)/.test(line)) return { headerBytes, sourceAddress: undefined }
  const sourceAddress = sourceOfV1(line)
  return sourceAddress === undefined
    ? { malformed: 'has a PROXY line that makes no sense' }
    : { headerBytes, sourceAddress }
}

/** `PROXY TCP4|TCP6 source destination sourcePort destinationPort`, a single space between them. */
function sourceOfV1(line: string): string | undefined {
  const [, family, source, destination, ...ports] = line.split(' ')
  if (source === undefined || destination === undefined) return undefined
  const isFamily = (address: string): boolean => address.includes(':') === (family === 'TCP6')
  const isKnown = family === 'TCP4' || family === 'TCP6'
  const arePorts = ports.length === 2 && ports.every(isPort)
  if (!isKnown || !arePorts || !isFamily(source) || !isFamily(destination)) return undefined
  return parseIpAddress(destination) && canonicalIpAddress(source)
}

function isPort(text: string): boolean {
  return /^(0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65_535
}

function parseV2(bytes: Uint8Array): ProxyHeader | MalformedProxyHeader | 'incomplete' {
  if (!agrees(bytes, V2_SIGNATURE)) return { malformed: 'does not begin with a PROXY header' }
  if (bytes.length < V2_FIXED_BYTES) return 'incomplete'
  const version = bytes[12]! >> 4
  const command = bytes[12]! & 0x0f
  const family = V2_FAMILIES[bytes[13]! >> 4]
  const protocol = bytes[13]! & 0x0f
  const restBytes = (bytes[14]! << 8) | bytes[15]!
  const headerBytes = V2_FIXED_BYTES + restBytes
  if (version !== 2 || command > 1) return { malformed: 'has a PROXY version or command that is not known' }
  if (headerBytes > MAX_V2_BYTES) return { malformed: `has a PROXY header above ${MAX_V2_BYTES} bytes` }
  const isLocal = command === 0
  if (!isLocal && (family === undefined || protocol > V2_MAX_PROTOCOL || restBytes < family.blockBytes)) {
    return { malformed: 'has a PROXY header whose addresses make no sense' }
  }
  if (bytes.length < headerBytes) return 'incomplete'
  if (isLocal || family === undefined || family.addressBytes === 0 || protocol !== V2_STREAM) {
    return { headerBytes, sourceAddress: undefined }
  }
  const source = bytes.subarray(V2_FIXED_BYTES, V2_FIXED_BYTES + family.addressBytes)
  // An IPv4 address in IPv6 clothes is told by the parser of texts.
  return { headerBytes, sourceAddress: canonicalIpAddress(formatIpAddress(source)) }
}
