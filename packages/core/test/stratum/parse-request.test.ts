import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_JSON_DEPTH, MAX_JSON_SEPARATORS } from '../../src/stratum/json-bounds.js'
import type { Line } from '../../src/stratum/line-framer.js'
import { MAX_ID_CHARS, parseRequest } from '../../src/stratum/parse-request.js'
import { resultLine } from '../../src/stratum/reply.js'
import { MALFORMED_TEXT } from '../../src/stratum/request.js'

const parseBytes = (bytes: Uint8Array) => parseRequest(bytes as Line)
const parse = (text: string) => parseBytes(new TextEncoder().encode(text))

describe('requests', () => {
  it.each([
    [
      'cgminer',
      '{"id": 1, "method": "mining.subscribe", "params": ["cgminer/4.12.1"]}',
      1,
      ['cgminer/4.12.1'],
    ],
    [
      'NerdMiner, params first',
      '{"params": ["a.b", "x"], "id": 2, "method": "mining.authorize"}',
      2,
      ['a.b', 'x'],
    ],
    ['bfgminer, text id', '{"id":"auth","method":"mining.authorize","params":["u","p"]}', 'auth', ['u', 'p']],
    ['bfgminer, null id', '{"id":null,"method":"mining.suggest_difficulty","params":[1]}', null, [1]],
    [
      'LeafMiner',
      '{"id":1,"method":"mining.subscribe","params":["LeafMiner/0.0.16",null]}',
      1,
      ['LeafMiner/0.0.16', null],
    ],
    ['a pong of ESP-Miner', '{"id":7,"method":"pong","params":[]}', 7, []],
    ['no params', '{"id":8,"method":"mining.ping"}', 8, []],
    ['null params', '{"id":8,"method":"mining.ping","params":null}', 8, []],
    ['a result beside the method', '{"id":1,"method":"mining.ping","result":null,"error":null}', 1, []],
  ])('%s', (_name, text, id, params) => {
    const method = (JSON.parse(text) as { method: string }).method
    expect(parse(text)).toEqual({ kind: 'request', id, method, params })
  })

  it('without an id are notifications', () => {
    expect(parse('{"method":"mining.capabilities","params":[{}]}')).toEqual({
      kind: 'request',
      id: undefined,
      method: 'mining.capabilities',
      params: [{}],
    })
  })
})

describe('responses', () => {
  it.each([
    ['{"id":5,"result":"pong","error":null}', { id: 5, result: 'pong', error: null }],
    ['{"result":"cgminer/4.12.1","id":6}', { id: 6, result: 'cgminer/4.12.1', error: null }],
    ['{"id":6,"result":null,"error":[-3,"no",null]}', { id: 6, result: null, error: [-3, 'no', null] }],
    ['{"id":"x","method":null,"result":false,"error":null}', { id: 'x', result: false, error: null }],
    ['{"error":null}', { id: null, result: null, error: null }],
  ])('%s', (text, fields) => {
    expect(parse(text)).toEqual({ kind: 'response', ...fields })
  })
})

describe('malformed lines', () => {
  it.each([
    ['not-json', '{"id":1,', undefined],
    ['not-json', 'GET / HTTP/1.1', undefined],
    ['not-json', '\ufeff{"id":1,"method":"mining.ping"}', undefined],
    ['not-an-object', '[]', undefined],
    ['not-an-object', 'null', undefined],
    ['not-an-object', '"mining.submit"', undefined],
    ['bad-id', '{"id":{},"method":"mining.ping"}', undefined],
    ['bad-id', '{"id":[1],"method":"mining.ping"}', undefined],
    ['bad-id', '{"id":true,"method":"mining.ping"}', undefined],
    ['bad-id', `{"id":${'1'.repeat(MAX_ID_CHARS + 1)},"method":"mining.ping"}`, undefined],
    ['bad-id', `{"id":"${'x'.repeat(MAX_ID_CHARS + 1)}","method":"mining.ping"}`, undefined],
    ['bad-method', '{"id":3}', 3],
    ['bad-method', '{"id":3,"method":4,"params":[]}', 3],
    ['bad-method', '{"id":"y","method":null}', 'y'],
    ['params-not-an-array', '{"id":3,"method":"mining.submit","params":{"nonce":"0"}}', 3],
    ['params-not-an-array', '{"id":3,"method":"mining.submit","params":"x"}', 3],
    ['too-deep', `{"id":1,"params":${'['.repeat(MAX_JSON_DEPTH)}`, undefined],
    ['too-many-values', `{"id":1,"method":"m","params":[${'0,'.repeat(MAX_JSON_SEPARATORS)}0]}`, undefined],
  ])('%s: %s', (reason, text, id) => {
    expect(parse(text)).toEqual({ kind: 'malformed', reason, id })
    expect(MALFORMED_TEXT).toHaveProperty([reason])
  })

  it.each([[[0xff]], [[0xc0, 0xaf]], [[0xed, 0xa0, 0x80]]])('are not UTF-8: %j', (invalid) => {
    const [head, tail] = [Buffer.from('{"id":1,"method":"'), Buffer.from('"}')]
    const line = Buffer.concat([head, Uint8Array.from(invalid), tail])
    expect(parseBytes(line)).toEqual({ kind: 'malformed', reason: 'not-utf8', id: undefined })
  })

  it('do not count brackets, commas and quotes inside strings', () => {
    const text = `${'[{,:'.repeat(300)}\\"`
    const line = JSON.stringify({ id: 1, method: 'mining.authorize', params: [text, '"'] })
    expect(parse(line)).toEqual({ kind: 'request', id: 1, method: 'mining.authorize', params: [text, '"'] })
  })

  it('are still within bounds at the bounds', () => {
    const nested = `${'['.repeat(MAX_JSON_DEPTH - 1)}${']'.repeat(MAX_JSON_DEPTH - 1)}`
    expect(parse(`{"id":1,"method":"m","params":${nested}}`).kind).toBe('request')
  })
})

describe('any line', () => {
  it('is parsed without throwing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void parseBytes(bytes)))
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void parse(text)))
    fc.assert(
      fc.property(fc.json({ maxDepth: 12 }), (text) => {
        expect(['request', 'response', 'malformed']).toContain(parse(text).kind)
      }),
    )
  })

  it('of a well-formed request is read back whole', () => {
    const id = fc.oneof(fc.maxSafeInteger(), fc.string({ maxLength: MAX_ID_CHARS }), fc.constant(null))
    const params = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 8 })
    fc.assert(
      fc.property(id, fc.string(), params, (requestId, method, values) => {
        const text = JSON.stringify({ id: requestId, method, params: values })
        fc.pre(text.length < 1000 && text.split(/[,:]/).length < MAX_JSON_SEPARATORS)
        const expected = JSON.parse(text) as object
        expect(parse(text)).toEqual({ kind: 'request', ...expected })
      }),
    )
  })

  it('cannot reach a prototype', () => {
    const text =
      '{"id":1,"method":"m","params":[],"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'
    expect(parse(text)).toEqual({ kind: 'request', id: 1, method: 'm', params: [] })
    expect(parse('{"__proto__":{"id":1,"method":"mining.submit","params":[]}}').kind).toBe('malformed')
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
})

describe('an id', () => {
  const echoOf = (line: string): string => {
    const message = parse(line)
    if (message.kind === 'response' || message.id === undefined) throw new Error('nothing to echo')
    return /^{"id":(.*),"result":true,"error":null}\n$/.exec(resultLine(message.id, true))![1]!
  }
  const digits = fc.stringMatching(/^[0-9]{1,25}$/)
  /** Numbers in every form that JSON has (RFC 8259, section 6). */
  const numberText = fc
    .record({
      minus: fc.constantFrom('', '-'),
      whole: fc.oneof(fc.constant('0'), fc.stringMatching(/^[1-9][0-9]{0,24}$/)),
      fraction: fc.oneof(
        fc.constant(''),
        digits.map((text) => `.${text}`),
      ),
      exponent: fc.oneof(fc.constant(''), fc.stringMatching(/^[eE][+-]?[0-9]{1,4}$/)),
    })
    .map(({ minus, whole, fraction, exponent }) => minus + whole + fraction + exponent)
  const space = fc.constantFrom('', ' ', '\t', ' \r')
  /** What may stand round it and looks like it. */
  const beside = fc.constantFrom(
    '"params":[]',
    '"params":["\\"id\\":7,",{"id":8}]',
    '"other":{"id":[9,{"id":10}]}',
    '"params":["id",":",11]',
    '"id":null',
    '"id":"12"',
    '"id":{"id":13}',
  )

  it('that is a number is echoed as it was written', () => {
    fc.assert(
      fc.property(numberText, space, fc.array(beside), beside, (id, gap, before, behind) => {
        const isLast = !behind.startsWith('"id"')
        const key = `${gap}"id"${gap}:${gap}${id}${gap}`
        const fields = [...before, key, ...(isLast ? [behind] : []), '"method":"mining.ping"']
        expect(echoOf(`{${fields.join(',')}}`)).toBe(id)
      }),
      { numRuns: 500 },
    )
  })

  it.each(['0.1e-400', '1.00000000000000000001', '9007199254740993', '-0', '1e400', '1.0', '1E+2', '7'])(
    'of %s is echoed so, also when the message is refused',
    (id) => {
      expect(echoOf(`{"\\u0069d":${id},"method":"mining.ping"}`)).toBe(id)
      expect(echoOf(`{"id":${id},"method":5}`)).toBe(id)
      expect(echoOf(`{"id":${id},"method":"mining.submit","params":{}}`)).toBe(id)
    },
  )

  it('of any other kind is echoed with the same value', () => {
    const ids = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constant(null))
    fc.assert(
      fc.property(ids, (id) => {
        expect(JSON.parse(echoOf(JSON.stringify({ id, method: 'mining.ping' })))).toBe(id)
      }),
    )
  })
})
