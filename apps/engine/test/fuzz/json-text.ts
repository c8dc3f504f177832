import fc from 'fast-check'

/** Numbers as nobody's library would write them. */
const ODD_NUMBERS = [
  '1e400',
  '-1e400',
  '1e308',
  '-0',
  '-0.0',
  '9007199254740992',
  '9007199254740993',
  '-9007199254740993',
  '0.1e-400',
  '5e-324',
  '1.0000000000000000000001',
  '12345678901234567890123456789012345678901234567890',
  '1E+2',
  '4294967296',
]
/** Text as it stands in JSON, between its quotes. */
const ODD_TEXTS = [
  '\\ud800',
  '\\udc00\\ud800',
  '\\u0000',
  '\\u2028\\u2029',
  '\u2028',
  '\\r\\n',
  '\\"}],',
  '\\/',
  '__proto__',
  'constructor',
  'toString',
  'é✓𝄞',
  '\\u202eevil',
]
const KEYS = ['id', 'method', 'params', 'result', 'error', '__proto__', 'constructor', 'toString', 'length']

export const jsonNumber = fc.oneof(
  fc.constantFrom(...ODD_NUMBERS),
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
)
export const jsonString = fc.oneof(
  fc.constantFrom(...ODD_TEXTS).map((text) => `"${text}"`),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => JSON.stringify(text)),
  // Around the longest id, name, text and address that are read.
  fc.constantFrom(64, 65, 90, 128, 129, 255, 256, 4_000).map((length) => `"${'x'.repeat(length)}"`),
)
export const jsonScalar = fc.oneof(
  jsonNumber,
  jsonString,
  fc.constantFrom('null', 'true', 'false', '{}', '[]'),
)
export const jsonKey = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...KEYS).map((key) => `"${key}"`) },
  { weight: 1, arbitrary: jsonString },
)

/** Text of a JSON value of any shape; keys may stand twice in one object. */
export const jsonText = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'json' },
    jsonScalar,
    fc
      .array(tie('value'), { maxLength: 6, depthIdentifier: 'json' })
      .map((values) => `[${values.join(',')}]`),
    fc
      .array(fc.tuple(jsonKey, tie('value')), { maxLength: 6, depthIdentifier: 'json' })
      .map((fields) => `{${fields.map(([key, value]) => `${key}:${value}`).join(',')}}`),
  ),
})).value

/** As deep as is read, a level deeper, and as deep as a line is long. */
export const deepJson = fc
  .tuple(fc.constantFrom(7, 8, 9, 100, 5_000), fc.boolean())
  .map(
    ([depth, isArray]) => (isArray ? '[' : '{"a":').repeat(depth) + '1' + (isArray ? ']' : '}').repeat(depth),
  )
