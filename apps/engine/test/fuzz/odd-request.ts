import fc from 'fast-check'
import { deepJson, jsonKey, jsonNumber, jsonScalar, jsonString, jsonText } from './json-text.js'

const METHODS = [
  'mining.subscribe',
  'mining.authorize',
  'mining.configure',
  'mining.submit',
  'mining.suggest_difficulty',
  'mining.suggest_target',
  'mining.extranonce.subscribe',
  'mining.multi_version',
  'mining.get_transactions',
  'mining.ping',
  'pong',
  // Those the pool does not serve, and what only a careless table would find.
  'mining.capabilities',
  'mining.notify',
  'client.get_version',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
]

/** An id as text of JSON, of every kind that is echoed and every kind that is not. */
export const anyId = fc.oneof(
  { weight: 4, arbitrary: fc.nat(99).map(String) },
  { weight: 1, arbitrary: jsonNumber },
  { weight: 1, arbitrary: jsonString },
  { weight: 1, arbitrary: fc.constantFrom('null', 'true', '{}', '[1]') },
)

const method = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...METHODS).map((name) => JSON.stringify(name)) },
  { weight: 1, arbitrary: jsonScalar },
)
const params = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(fc.oneof(jsonScalar, jsonText), { maxLength: 7 }).map((all) => `[${all.join(',')}]`),
  },
  { weight: 1, arbitrary: jsonText },
  { weight: 1, arbitrary: deepJson },
  // As many values as are read, and one more.
  { weight: 1, arbitrary: fc.constantFrom(252, 253, 254, 300).map((commas) => `[0${',0'.repeat(commas)}]`) },
)
const field = fc.oneof(
  { weight: 5, arbitrary: anyId.map((id) => `"id":${id}`) },
  { weight: 5, arbitrary: method.map((name) => `"method":${name}`) },
  { weight: 4, arbitrary: params.map((list) => `"params":${list}`) },
  { weight: 1, arbitrary: fc.tuple(jsonKey, jsonText).map(([key, value]) => `${key}:${value}`) },
)

/** Something like a request: fields that are missing, twice there, in any order, of any type. */
const oddObject = fc.array(field, { maxLength: 6 }).map((fields) => `{${fields.join(',')}}`)
/** A whole request whose params may be anything. */
const wholeRequest = fc
  .tuple(anyId, method, params)
  .map(([id, name, list]) => `{"id":${id},"method":${name},"params":${list}}`)

export const oddRequest = fc.oneof(
  { weight: 3, arbitrary: wholeRequest },
  { weight: 3, arbitrary: oddObject },
  { weight: 1, arbitrary: jsonText },
  { weight: 1, arbitrary: deepJson },
)
