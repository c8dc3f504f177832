import fc from 'fast-check'
import { oddBytes } from './any-bytes.js'

/** A change of one place of a line. `at` and `length` are taken modulo what is there. */
export type Damage =
  | { readonly kind: 'put'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'cut'; readonly at: number; readonly length: number }
  | { readonly kind: 'repeat'; readonly at: number; readonly length: number }
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'break-off'; readonly at: number }

const at = fc.nat(400)
const punctuation = fc
  .constantFrom(
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\n',
    '\t',
    ' ',
    '0',
    '-',
    'e9',
    '\\u0000',
    '\\ud800',
  )
  .map((text) => Uint8Array.from(Buffer.from(text)))

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), at, bytes: fc.oneof(oddBytes, punctuation) }),
  fc.record({
    kind: fc.constantFrom('cut' as const, 'repeat' as const),
    at,
    length: fc.integer({ min: 1, max: 30 }),
  }),
  fc.record({ kind: fc.constant('flip' as const), at, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('break-off' as const), at }),
)

/** What is done to a line: mostly little, so that most of it is still understood. */
export const damages = fc.array(damage, { maxLength: 3 })

export function damageLine(line: Uint8Array, done: readonly Damage[]): Uint8Array {
  let bytes = Buffer.from(line)
  for (const one of done) bytes = damageOnce(bytes, one, one.at % (bytes.length + 1))
  return bytes
}

function damageOnce(bytes: Buffer, one: Damage, place: number): Buffer<ArrayBuffer> {
  const [head, tail] = [bytes.subarray(0, place), bytes.subarray(place)]
  if (one.kind === 'put') return Buffer.concat([head, one.bytes, tail])
  if (one.kind === 'break-off') return Buffer.from(head)
  if (one.kind === 'cut') return Buffer.concat([head, tail.subarray(one.length)])
  if (one.kind === 'repeat') return Buffer.concat([head, tail.subarray(0, one.length), tail])
  const flipped = Buffer.from(bytes)
  if (place < flipped.length) flipped[place]! ^= 1 << one.bit
  return flipped
}
