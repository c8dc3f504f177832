import fc from 'fast-check'
import superjson, { type SuperJSONResult } from 'superjson'
import { expect, it } from 'vitest'
import { serialize } from '../../src/server/serialize'

const key = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('a.b', 'a\\b', '', '0', 'amountSats'))
const leaf = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.double(),
  fc.integer(),
  fc.bigInt(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
)
const { answer } = fc.letrec((tie) => ({
  answer: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    leaf,
    fc.array(tie('answer'), { maxLength: 4 }),
    fc.dictionary(key, tie('answer'), { maxKeys: 5, noNullPrototype: true }),
  ),
}))

/** Of superjson, without which of the parts are one and the same. */
function plain(value: unknown): unknown {
  const { json, meta: { referentialEqualities: _, ...meta } = {} } = superjson.serialize(value)
  return 'values' in meta ? { json, meta } : { json }
}

it('makes what superjson makes', () => {
  fc.assert(
    fc.property(answer, (value) => {
      expect(serialize(value)).toEqual(plain(value))
      expect(superjson.deserialize(JSON.parse(JSON.stringify(serialize(value))) as SuperJSONResult)).toEqual(
        value,
      )
    }),
    { numRuns: 500 },
  )
})

it('leaves to superjson what is more than JSON, bigint and undefined', () => {
  const rich = { at: new Date(0), set: new Set([1n]), map: new Map([['a', 2n]]), far: Infinity }
  expect(serialize({ rich })).toEqual(superjson.serialize({ rich }))
  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle
  expect(serialize(cycle)).toEqual(superjson.serialize(cycle))
})

it('says a thing that stands in two places twice', () => {
  const twice = { amountSats: 1n }
  expect(serialize([twice, twice])).toEqual(plain([{ ...twice }, { ...twice }]))
})
