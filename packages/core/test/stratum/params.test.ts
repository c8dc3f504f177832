import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAuthorize } from '../../src/stratum/params/authorize.js'
import { parseConfigure } from '../../src/stratum/params/configure.js'
import { parseGetTransactions } from '../../src/stratum/params/get-transactions.js'
import { isMalformed } from '../../src/stratum/params/malformed-params.js'
import { parseSubmit } from '../../src/stratum/params/submit.js'
import { parseSubscribe } from '../../src/stratum/params/subscribe.js'
import { parseSuggestDifficulty } from '../../src/stratum/params/suggest-difficulty.js'
import { parseSuggestTarget } from '../../src/stratum/params/suggest-target.js'
import { MAX_TEXT_CHARS } from '../../src/stratum/params/text.js'

const PARSERS = {
  parseAuthorize,
  parseConfigure,
  parseGetTransactions,
  parseSubmit,
  parseSubscribe,
  parseSuggestDifficulty,
  parseSuggestTarget,
}

it.each(Object.entries(PARSERS))('%s takes anything without throwing', (_name, parse) => {
  const nasty = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(
      '',
      '0x10',
      '-1',
      '1e5',
      '٣',
      '\u0000',
      '00'.repeat(40),
      'ffffffff',
      ['version-rolling'],
      {},
    ),
  )
  fc.assert(
    fc.property(fc.array(nasty, { maxLength: 8 }), (params) => {
      const parsed = parse(params)
      if (isMalformed(parsed)) expect(parsed.malformed).toMatch(/^.{10,200}$/)
    }),
    { numRuns: 300 },
  )
})

describe('mining.subscribe', () => {
  it.each([
    [[], { userAgent: '', sessionId: undefined }],
    [['cgminer/4.12.1'], { userAgent: 'cgminer/4.12.1', sessionId: undefined }],
    [['cpuminer/2.5.1', '0a1b2c3d'], { userAgent: 'cpuminer/2.5.1', sessionId: '0a1b2c3d' }],
    [['LeafMiner/0.0.16', null], { userAgent: 'LeafMiner/0.0.16', sessionId: undefined }],
    [['x', null, 'pool.example', 3333], { userAgent: 'x', sessionId: undefined }],
    [[null, ''], { userAgent: '', sessionId: undefined }],
    [[5, {}], { userAgent: '', sessionId: undefined }],
    [['a\u0000b\nc\u202e'], { userAgent: 'abc', sessionId: undefined }],
  ])('%j', (params, parsed) => {
    expect(parseSubscribe(params)).toEqual(parsed)
  })

  it('cuts a long user agent, and leaves no half of a character', () => {
    const { userAgent } = parseSubscribe([`${'x'.repeat(MAX_TEXT_CHARS - 1)}😀`])
    expect(userAgent).toBe('x'.repeat(MAX_TEXT_CHARS - 1))
  })
})

describe('mining.authorize', () => {
  it.each([
    [['bc1q.rig', 'd=1000'], { username: 'bc1q.rig', password: 'd=1000' }],
    [['bc1q'], { username: 'bc1q', password: '' }],
    [['bc1q', null], { username: 'bc1q', password: '' }],
    [['', 'x', 'extra'], { username: '', password: 'x' }],
  ])('%j', (params, parsed) => {
    expect(parseAuthorize(params)).toEqual(parsed)
  })

  it.each([[[]], [[null, 'x']], [[7]]])('is malformed without a username: %j', (params) => {
    expect(parseAuthorize(params)).toHaveProperty('malformed')
  })
})

describe('mining.submit', () => {
  const rest = { ntime: 0x68a1b2c3, nonce: 0xdeadbeef }
  const extranonce2 = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 0xff)
  const five = ['a.b', '0000002a00', '00010203040506ff', '68a1b2c3', 'deadbeef']

  it.each([
    ['five parameters', five, undefined],
    ['six parameters', [...five, '00002000'], 0x2000],
    ['upper case', five.slice(0, 2).concat('00010203040506FF', '68A1B2C3', 'DEADBEEF', '0000E000'), 0xe000],
    ['short version bits', [...five, '2000'], 0x2000],
    ['null version bits', [...five, null], undefined],
    ['parameters too many', [...five, '1fffe000', 'x', {}], 0x1fffe000],
  ])('%s', (_name, params, versionBits) => {
    const submission = { ...rest, extranonce2, versionBits }
    expect(parseSubmit(params)).toEqual({ username: 'a.b', wireJobId: '0000002a00', submission })
  })

  it('reads hex that lost its leading zeros', () => {
    const parsed = parseSubmit(['a', 'job', '', '1', 'f', '0'])
    const submission = {
      extranonce2: new Uint8Array(0),
      ntime: 1,
      nonce: 15,
      versionBits: 0,
    }
    expect(parsed).toEqual({ username: 'a', wireJobId: 'job', submission })
  })

  it.each([
    ['username', 0, [null, 5, {}]],
    ['job id', 1, [null, 42, 'x'.repeat(33)]],
    ['extranonce2', 2, [null, 1, '0', '0g', '00 1', '0x00', 'é0', '00'.repeat(33)]],
    ['ntime', 3, [null, 1755427523, '', '123456789', '0x1', '-1', ' 1', '1\n', '1.0', '١']],
    ['nonce', 4, [null, 1, '', '123456789', 'xyz', '+1']],
    ['version bits', 5, [1, '', '123456789', 'g', false]],
  ])('%s must make sense', (name, index, wrong) => {
    for (const value of wrong) {
      const params: unknown[] = [...five, '00002000']
      params[index] = value
      const parsed = parseSubmit(params)
      if (!isMalformed(parsed)) throw new Error(`${JSON.stringify(value)} was taken`)
      expect(parsed.malformed).toContain(name)
    }
  })

  it('must have five parameters', () => {
    for (let count = 0; count < 5; count++)
      expect(parseSubmit(five.slice(0, count))).toHaveProperty('malformed')
  })
})

describe('mining.suggest_difficulty', () => {
  it.each([
    [[1000], 1000],
    [[0.00015], 0.00015],
    [['0.0001'], 0.0001],
    [['512', 'extra'], 512],
  ])('%j', (params, difficulty) => {
    expect(parseSuggestDifficulty(params)).toEqual({ difficulty })
  })

  it.each([
    [[]],
    [[0]],
    [[-1]],
    [['']],
    [['1e5']],
    [['NaN']],
    [['0']],
    [[null]],
    [[[1]]],
    [['9'.repeat(400)]],
  ])('is malformed: %j', (params) => {
    expect(parseSuggestDifficulty(params)).toHaveProperty('malformed')
  })
})

describe('mining.suggest_target', () => {
  it('is a difficulty', () => {
    expect(parseSuggestTarget([`00000000ffff${'0'.repeat(52)}`])).toEqual({ difficulty: 1 })
    expect(parseSuggestTarget([`FFFF${'0'.repeat(51)}`])).toEqual({ difficulty: 16 })
  })

  it.each([[[]], [[1]], [['']], [['0']], [['0'.repeat(64)]], [['g']], [['f'.repeat(65)]]])(
    'is malformed: %j',
    (params) => {
      expect(parseSuggestTarget(params)).toHaveProperty('malformed')
    },
  )
})

it('mining.get_transactions names a job', () => {
  expect(parseGetTransactions(['0000002a00'])).toEqual({ wireJobId: '0000002a00' })
  expect(parseGetTransactions([])).toHaveProperty('malformed')
})
