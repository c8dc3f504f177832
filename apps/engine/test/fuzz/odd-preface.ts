import fc from 'fast-check'
import { anyBytes } from './any-bytes.js'

const SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex')
const text = (line: string): Uint8Array => Buffer.from(line, 'latin1')

const port = fc.constantFrom('0', '3333', '65535', '65536', '03', '-1', '')
const address = fc.oneof(
  { weight: 6, arbitrary: fc.ipV4() },
  { weight: 6, arbitrary: fc.ipV6() },
  { weight: 1, arbitrary: fc.constantFrom('::FFFF:192.0.2.7', '::', '01.2.3.4', '1.2.3', 'fe80::1%lo', '') },
)

/** Lines of version 1, most of which make sense. */
const line = fc.oneof(
  { weight: 3, arbitrary: fc.ipV4().map((source) => `PROXY TCP4 ${source} 127.0.0.1 40000 3333\r\n`) },
  { weight: 3, arbitrary: fc.ipV6().map((source) => `PROXY TCP6 ${source} ::1 40000 3333\r\n`) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('TCP4', 'TCP6', 'UDP4', 'UNKNOWN', 'tcp4'), address, address, port, port)
      .map((fields) => `PROXY ${fields.join(' ')}\r\n`),
  },
  fc.nat(110).map((length) => `PROXY UNKNOWN ${'x'.repeat(length)}\r\n`),
)

const bytesOf = (size: number) => fc.uint8Array({ minLength: size, maxLength: size })

/** Of an IPv4 miner, in the clothes of IPv6 or not, or of any. */
const block = fc.oneof(
  { weight: 3, arbitrary: bytesOf(12) },
  { weight: 3, arbitrary: bytesOf(36) },
  fc.constant(Uint8Array.from(Buffer.from(`${'00'.repeat(10)}ffffc0000207${'00'.repeat(20)}`, 'hex'))),
  bytesOf(216),
  fc.uint8Array({ maxLength: 40 }),
)

/** Headers of version 2: with the length that they have, or another. */
const binary = fc
  .record({
    command: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(0x21, 0x21, 0x21, 0x20) }, fc.nat(255)),
    family: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(0x11, 0x21, 0x11, 0x21, 0x12, 0x31, 0) },
      fc.nat(255),
    ),
    block,
    extensions: fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      fc.constantFrom(1, 7, 300, 4_044, 4_068, 4_069),
    ),
    over: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.constantFrom(-1, 1, 60, 4_000, 60_000)),
  })
  .map(({ command, family, block, extensions, over }) => {
    const length = Math.max(0, block.length + extensions + over)
    const head = Uint8Array.of(command, family, (length >> 8) & 255, length & 255)
    return Uint8Array.from(Buffer.concat([SIGNATURE, head, block, new Uint8Array(extensions)]))
  })

const sound = fc.oneof({ weight: 1, arbitrary: line.map(text) }, { weight: 2, arbitrary: binary })

/** Broken off, or with a byte that is another, or with bytes in between. */
const damaged = fc
  .record({ of: sound, at: fc.nat(300), put: fc.uint8Array({ maxLength: 3 }), without: fc.nat(3) })
  .map(({ of, at, put, without }) => {
    const from = at % (of.length + 1)
    return Uint8Array.from(Buffer.concat([of.subarray(0, from), put, of.subarray(from + without)]))
  })

/** What stands before the Stratum lines on a port with `proxy`. */
export const oddPreface = fc.oneof(
  { weight: 6, arbitrary: sound },
  { weight: 3, arbitrary: damaged },
  { weight: 1, arbitrary: anyBytes },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 30 }).map((rest) => Buffer.concat([SIGNATURE, rest])) },
)
