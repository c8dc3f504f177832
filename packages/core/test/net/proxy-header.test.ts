import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_V1_BYTES, MAX_V2_BYTES, parseProxyHeader } from '../../src/net/proxy-header.js'

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'))
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

const SIGNATURE = '0d0a0d0a000d0a515549540a'
const IPV4_BLOCK = 'c0000201 cb007109 dc04 0d05'
const IPV6_BLOCK = `20010db8${'00'.repeat(11)}01 20010db8${'00'.repeat(11)}02 dc04 0d05`
const MAPPED_BLOCK = `${'00'.repeat(10)}ffffc0000201 20010db8${'00'.repeat(11)}02 dc04 0d05`

/** Text or hex of a header, and the address it must give. */
const HEADERS: readonly (readonly [string, Uint8Array, string | undefined])[] = [
  // The line that stands in the specification.
  ['v1 TCP4', bytesOf('PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n'), '192.168.0.1'],
  [
    'v1 TCP4, longest',
    bytesOf('PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n'),
    '255.255.255.255',
  ],
  ['v1 TCP6', bytesOf('PROXY TCP6 2001:DB8::0001 2001:db8::2 0 65535\r\n'), '2001:db8::1'],
  ['v1 TCP6 of IPv4', bytesOf('PROXY TCP6 ::ffff:192.0.2.1 ::ffff:203.0.113.9 1 2\r\n'), '192.0.2.1'],
  ['v1 UNKNOWN', bytesOf('PROXY UNKNOWN\r\n'), undefined],
  [
    'v1 UNKNOWN, longest',
    bytesOf(`PROXY UNKNOWN ${'ffff:'.repeat(7)}ffff ${'ffff:'.repeat(7)}ffff 65535 65535\r\n`),
    undefined,
  ],
  ['v2 TCP over IPv4', hex(`${SIGNATURE} 21 11 000c ${IPV4_BLOCK}`), '192.0.2.1'],
  ['v2 TCP over IPv6', hex(`${SIGNATURE} 21 21 0024 ${IPV6_BLOCK}`), '2001:db8::1'],
  ['v2 IPv4 as IPv6', hex(`${SIGNATURE} 21 21 0024 ${MAPPED_BLOCK}`), '192.0.2.1'],
  // ALPN, a no-op of three bytes, and a CRC-32C that is passed over.
  [
    'v2 with TLVs',
    hex(`${SIGNATURE} 21 11 001e ${IPV4_BLOCK} 01 0002 6832 04 0003 000000 03 0004 01020304`),
    '192.0.2.1',
  ],
  ['v2 LOCAL', hex(`${SIGNATURE} 20 00 0000`), undefined],
  ['v2 LOCAL with an address', hex(`${SIGNATURE} 20 11 000c ${IPV4_BLOCK}`), undefined],
  ['v2 LOCAL of an unknown family', hex(`${SIGNATURE} 20 f7 0002 abcd`), undefined],
  ['v2 unspecified', hex(`${SIGNATURE} 21 00 0000`), undefined],
  ['v2 UDP', hex(`${SIGNATURE} 21 12 000c ${IPV4_BLOCK}`), undefined],
  ['v2 UNIX', hex(`${SIGNATURE} 21 31 00d8 ${'2f'.repeat(216)}`), undefined],
  [
    'v2, longest',
    hex(
      `${SIGNATURE} 21 11 ${(MAX_V2_BYTES - 16).toString(16).padStart(4, '0')} ${IPV4_BLOCK} ${'00'.repeat(MAX_V2_BYTES - 28)}`,
    ),
    '192.0.2.1',
  ],
]

describe('a PROXY header', () => {
  it.each(HEADERS)('is read: %s', (_, header, sourceAddress) => {
    expect(parseProxyHeader(header)).toEqual({ headerBytes: header.length, sourceAddress })
  })

  it.each(HEADERS)('ends where it ends: %s', (_, header, sourceAddress) => {
    for (const rest of ['{"id":1}\n', '\r\n', '\n', 'P']) {
      const bytes = Uint8Array.from([...header, ...bytesOf(rest)])
      expect(parseProxyHeader(bytes)).toEqual({ headerBytes: header.length, sourceAddress })
    }
  })

  it.each(HEADERS)('is incomplete up to its last byte: %s', (_, header) => {
    for (let length = 0; length < header.length; length++) {
      expect(parseProxyHeader(header.subarray(0, length))).toBe('incomplete')
    }
  })

  it.each([
    ['a miner without proxy', bytesOf('{"id":1,"method":"mining.subscribe"}\n'), 'does not begin'],
    ['TLS', hex('16030100'), 'does not begin'],
    ['HTTP', bytesOf('P'.concat('OST / HTTP/1.1\r\n')), 'does not begin'],
    ['a torn signature', hex('0d0a0d0b'), 'does not begin'],
    ['lower case', bytesOf('proxy TCP4'), 'does not begin'],
    ['no CR', bytesOf('PROXY TCP4 192.0.2.1 192.0.2.2 1 2\n'), 'has no CRLF'],
    ['no end', bytesOf(`PROXY UNKNOWN ${'x'.repeat(MAX_V1_BYTES)}`), 'has no CRLF'],
    ['one byte too long', bytesOf(`PROXY UNKNOWN ${'x'.repeat(MAX_V1_BYTES - 15)}\r\n`), 'has no CRLF'],
    ['another protocol', bytesOf('PROXY UDP4 192.0.2.1 192.0.2.2 1 2\r\n'), 'makes no sense'],
    ['IPv6 as TCP4', bytesOf('PROXY TCP4 2001:db8::1 2001:db8::2 1 2\r\n'), 'makes no sense'],
    ['IPv4 as TCP6', bytesOf('PROXY TCP6 192.0.2.1 192.0.2.2 1 2\r\n'), 'makes no sense'],
    ['two spaces', bytesOf('PROXY TCP4  192.0.2.1 192.0.2.2 1 2\r\n'), 'makes no sense'],
    ['a leading zero', bytesOf('PROXY TCP4 192.0.2.01 192.0.2.2 1 2\r\n'), 'makes no sense'],
    ['no destination', bytesOf('PROXY TCP4 192.0.2.1\r\n'), 'makes no sense'],
    ['a wrong destination', bytesOf('PROXY TCP4 192.0.2.1 192.0.2.256 1 2\r\n'), 'makes no sense'],
    ['a wrong port', bytesOf('PROXY TCP4 192.0.2.1 192.0.2.2 1 65536\r\n'), 'makes no sense'],
    ['a port too few', bytesOf('PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n'), 'makes no sense'],
    ['a word too many', bytesOf('PROXY TCP4 192.0.2.1 192.0.2.2 1 2 3\r\n'), 'makes no sense'],
    ['a word like UNKNOWN', bytesOf('PROXY UNKNOWNS\r\n'), 'makes no sense'],
    ['version 1 in binary', hex(`${SIGNATURE} 11 11 000c ${IPV4_BLOCK}`), 'version or command'],
    ['an unknown command', hex(`${SIGNATURE} 22 11 000c ${IPV4_BLOCK}`), 'version or command'],
    ['an unknown family', hex(`${SIGNATURE} 21 41 000c ${IPV4_BLOCK}`), 'addresses make no sense'],
    ['an unknown transport', hex(`${SIGNATURE} 21 13 000c ${IPV4_BLOCK}`), 'addresses make no sense'],
    ['too short for IPv4', hex(`${SIGNATURE} 21 11 000b ${IPV4_BLOCK}`), 'addresses make no sense'],
    ['too short for IPv6', hex(`${SIGNATURE} 21 21 0023 ${IPV6_BLOCK}`), 'addresses make no sense'],
    // Told by its length alone, before the rest is waited for.
    ['too long', hex(`${SIGNATURE} 21 11 ffff`), `above ${MAX_V2_BYTES} bytes`],
  ])('is refused: %s', (_, bytes, message) => {
    const header = parseProxyHeader(bytes)
    if (header === 'incomplete' || !('malformed' in header)) throw new Error('was not refused')
    expect(header.malformed).toContain(message)
  })

  it('is never waited for beyond its bound, whatever comes', () => {
    const start = fc.constantFrom('', 'PROXY ', 'PROXY TCP4 ', ...HEADERS.map(([, header]) => header))
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), fc.nat(120), (first, noise, cut) => {
        const begin = typeof first === 'string' ? bytesOf(first) : first.subarray(0, cut)
        const bytes = Uint8Array.from([...begin, ...noise, ...new Uint8Array(MAX_V2_BYTES)])
        expect(parseProxyHeader(bytes)).not.toBe('incomplete')
      }),
    )
  })
})
