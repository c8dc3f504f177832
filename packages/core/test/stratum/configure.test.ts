import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROLLABLE_VERSION_BITS } from '../../src/job/version-bits.js'
import { configure } from '../../src/stratum/configure.js'
import { isMalformed } from '../../src/stratum/params/malformed-params.js'
import { MAX_EXTENSION_CHARS, MAX_EXTENSIONS, parseConfigure } from '../../src/stratum/params/configure.js'
import { resultLine } from '../../src/stratum/reply.js'

function negotiate(params: readonly unknown[], maxDifficulty = 1e6) {
  const parsed = parseConfigure(params)
  if (isMalformed(parsed)) throw new Error(parsed.malformed)
  return configure(parsed, maxDifficulty)
}

/** The answer as it goes over the wire. */
function answerOf(params: readonly unknown[], maxDifficulty?: number): unknown {
  const line = resultLine(1, negotiate(params, maxDifficulty).answer)
  return (JSON.parse(line) as { result: unknown }).result
}

describe('version-rolling', () => {
  it.each([
    ['ESP-Miner', { 'version-rolling.mask': 'ffffffff' }, '1fffe000'],
    ['Braiins', { 'version-rolling.mask': '1fffe000', 'version-rolling.min-bit-count': 16 }, '1fffe000'],
    ['a narrow mask', { 'version-rolling.mask': '00FFF000' }, '00ffe000'],
    ['a short mask', { 'version-rolling.mask': 'ffe000' }, '00ffe000'],
    ['no mask at all', {}, '1fffe000'],
  ])('%s', (_name, values, mask) => {
    expect(answerOf([['version-rolling'], values])).toEqual({
      'version-rolling': true,
      'version-rolling.mask': mask,
    })
  })

  it.each([
    ['no common bit', { 'version-rolling.mask': '00001fff' }],
    ['senseless mask', { 'version-rolling.mask': 'all' }],
    ['number as mask', { 'version-rolling.mask': 5 }],
  ])('is refused: %s', (_name, values) => {
    expect(answerOf([['version-rolling'], values])).toEqual({ 'version-rolling': false })
    expect(negotiate([['version-rolling'], values]).versionMask).toBeUndefined()
  })

  it('never agrees to a bit that was not asked for or is not free', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (asked) => {
        const { versionMask = 0 } = negotiate([
          ['version-rolling'],
          { 'version-rolling.mask': asked.toString(16) },
        ])
        expect(versionMask & ~asked).toBe(0)
        expect(versionMask & ~ROLLABLE_VERSION_BITS).toBe(0)
        expect(versionMask).toBe((asked & 0x1fffe000) >>> 0)
      }),
    )
  })

  it('is not agreed to when it was not asked for', () => {
    const { versionMask, answer } = negotiate([['info'], { 'version-rolling.mask': 'ffffffff' }])
    expect(versionMask).toBeUndefined()
    expect({ ...answer }).toEqual({ info: true })
  })
})

it('answers what Braiins OS asks', () => {
  const params = [
    ['version-rolling', 'minimum-difficulty', 'subscribe-extranonce'],
    {
      'version-rolling.mask': '1fffe000',
      'version-rolling.min-bit-count': 16,
      'minimum-difficulty.value': 2048,
    },
  ]
  expect(negotiate(params)).toMatchObject({
    versionMask: 0x1fffe000,
    minimumDifficulty: 2048,
    wantsSetExtranonce: true,
  })
  expect(answerOf(params)).toEqual({
    'version-rolling': true,
    'version-rolling.mask': '1fffe000',
    'minimum-difficulty': true,
    'subscribe-extranonce': true,
  })
})

it.each([
  [{ 'minimum-difficulty.value': 0 }, true],
  [{ 'minimum-difficulty.value': 0.001 }, true],
  [{ 'minimum-difficulty.value': 1e6 }, true],
  [{ 'minimum-difficulty.value': 1e6 + 1 }, false],
  [{ 'minimum-difficulty.value': -1 }, false],
  [{ 'minimum-difficulty.value': '5' }, false],
  [{}, false],
])('minimum-difficulty %j is answered %s', (values, isTaken) => {
  expect(answerOf([['minimum-difficulty'], values])).toEqual({ 'minimum-difficulty': isTaken })
})

it('reads what a device says of itself', () => {
  const values = { 'info.hw-version': 'Antminer S21', 'info.sw-version': 5, 'info.hw-id': 'a\u0007b' }
  expect(parseConfigure([['info'], values])).toMatchObject({
    device: { hardwareVersion: 'Antminer S21', softwareVersion: '', hardwareId: 'ab' },
  })
})

it('answers false to what it does not know, prototype names included', () => {
  const unknown = ['x', '__proto__', 'constructor', 'version-rolling.mask']
  const line = resultLine(1, negotiate([unknown]).answer)
  expect(line).toBe(
    '{"id":1,"result":{"x":false,"__proto__":false,"constructor":false,"version-rolling.mask":false},"error":null}\n',
  )
  expect(answerOf([[]])).toEqual({})
})

it.each([
  [[]],
  [['version-rolling']],
  [[[1]]],
  [[['x'.repeat(MAX_EXTENSION_CHARS + 1)]]],
  [[Array.from({ length: MAX_EXTENSIONS + 1 }, String)]],
])('is malformed: %j', (params) => {
  expect(parseConfigure(params)).toHaveProperty('malformed')
})
