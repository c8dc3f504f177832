import fc from 'fast-check'

const LF = 0x0a

/** Bytes that are no text, or text that nobody expects, as hex. */
const ODD_BYTES = [
  '00', // NUL
  '0d', // a carriage return that ends no line
  '0d0a',
  'ff', // no UTF-8 begins or goes on so
  'c080', // NUL, longer than it has to be
  'eda080', // half a surrogate pair
  'f4908080', // above the last code point
  'e282', // broken off
  'e280a8', // line separator
  'e280a9', // paragraph separator
  'c285', // next line
  'efbbbf', // byte order mark
  'e280ae', // right to left from here on
  '7b7d',
].map((hex) => Uint8Array.from(Buffer.from(hex, 'hex')))

export const oddBytes = fc.constantFrom(...ODD_BYTES)

/** Bytes that have nothing to do with the protocol, now and then with the end of a line. */
export const anyBytes = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.uint8Array({ maxLength: 40 }) },
      { weight: 3, arbitrary: oddBytes },
      { weight: 3, arbitrary: fc.constant(Uint8Array.of(LF)) },
    ),
    { maxLength: 12 },
  )
  .map((parts) => Uint8Array.from(Buffer.concat(parts)))
