import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson } from '../../src/published/canonical-json.js'

it('is the text of RFC 8785 for texts, integers, lists and objects', () => {
  const value = { b: [1, -2, null, true], a: { '\u20ac': 'x', '1': '', A: '"\\\n\u0007' }, é: 0 }
  expect(canonicalJson(value)).toBe(
    '{"a":{"1":"","A":"\\"\\\\\\n\\u0007","€":"x"},"b":[1,-2,null,true],"é":0}',
  )
})

it('does not depend on the order of fields, and loses nothing', () => {
  const leaf = fc.oneof(
    fc.string(),
    fc.maxSafeInteger().map((n) => n + 0),
    fc.boolean(),
    fc.constant(null),
  )
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      leaf,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
    ),
  }))
  fc.assert(
    fc.property(value, (one) => {
      const text = canonicalJson(one)
      expect(JSON.parse(text)).toEqual(one)
      expect(canonicalJson(reversed(JSON.parse(text)))).toBe(text)
    }),
  )
})

it.each([[0.5], [2 ** 53], [-0], [NaN], [undefined], [1n]])('refuses %s', (value) => {
  expect(() => canonicalJson({ value })).toThrow(RangeError)
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, field]) => [name, reversed(field)]),
  )
}
