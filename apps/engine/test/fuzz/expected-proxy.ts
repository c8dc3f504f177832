import { isIPv4, isIPv6 } from 'node:net'

/** What a port with `proxy` has to make of the first bytes of a connection. */
export type ExpectedProxy =
  | 'malformed'
  /** The header is not whole; nobody is served yet. */
  | 'incomplete'
  /** `address`: the miner's; undefined when it is that of the socket. */
  | { readonly headerBytes: number; readonly address: string | undefined }

const SIGNATURE = '\r\n\r\n\0\r\nQUIT\n'
const MAX_V1_BYTES = 107
const MAX_V2_BYTES = 4_096

/** The PROXY protocol's promise, read a second time with the means that are simplest (haproxy's proxy-protocol.txt). */
export function expectProxy(bytes: Buffer): ExpectedProxy {
  const text = bytes.toString('latin1')
  if (begins(text, 'PROXY ')) return expectLine(text.slice(0, MAX_V1_BYTES))
  if (begins(text, SIGNATURE)) return expectBinary(bytes)
  return 'malformed'
}

/** As far as the text goes. */
function begins(text: string, start: string): boolean {
  return text.slice(0, start.length) === start.slice(0, text.length)
}

function expectLine(text: string): ExpectedProxy {
  const end = text.indexOf('\n')
  if (end === -1) return text.length < MAX_V1_BYTES ? 'incomplete' : 'malformed'
  if (text[end - 1] !== '\r') return 'malformed'
  const [, family, ...fields] = text.slice(0, end - 1).split(' ')
  const headerBytes = end + 1
  if (family === 'UNKNOWN') return { headerBytes, address: undefined }
  const [source = '', destination = '', ...ports] = fields
  const isAddress = { TCP4: isIPv4, TCP6: isIPv6 }[family ?? '']
  const hasPorts = ports.length === 2 && ports.every((port) => String(Number(port)) === port && isPort(port))
  if (!hasPorts || isAddress?.(source) !== true || !isAddress(destination)) return 'malformed'
  return { headerBytes, address: isIPv4(source) ? source : canonical(source) }
}

const isPort = (text: string): boolean => /^\d+$/.test(text) && Number(text) <= 65_535

function expectBinary(bytes: Buffer): ExpectedProxy {
  if (bytes.length < 16) return 'incomplete'
  const headerBytes = 16 + bytes.readUInt16BE(14)
  const [version, command] = nibbles(bytes[12]!)
  const [family, protocol] = nibbles(bytes[13]!)
  if (version !== 2 || command > 1 || headerBytes > MAX_V2_BYTES) return 'malformed'
  if (command === 1) {
    const block = [0, 12, 36, 216][family]
    if (block === undefined || protocol > 2 || headerBytes < 16 + block) return 'malformed'
  }
  if (bytes.length < headerBytes) return 'incomplete'
  const isStream = command === 1 && protocol === 1
  if (isStream && family === 1) return { headerBytes, address: [...bytes.subarray(16, 20)].join('.') }
  if (!isStream || family !== 2) return { headerBytes, address: undefined }
  const words = bytes.toString('hex', 16, 32).match(/.{4}/g)!
  return { headerBytes, address: canonical(words.join(':')) }
}

function nibbles(byte: number): [number, number] {
  return [Math.floor(byte / 16), byte % 16]
}

/** As a browser writes it, without its zone; one that is IPv4 in IPv6 clothes as IPv4. */
function canonical(address: string): string {
  const text = new URL(`http://[${address.replace(/%.*/, '')}]`).hostname.slice(1, -1)
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(text)
  if (mapped === null) return text
  return mapped
    .slice(1)
    .flatMap((word) => [parseInt(word, 16) >> 8, parseInt(word, 16) & 255])
    .join('.')
}
