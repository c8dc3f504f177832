import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { REJECT_REASONS } from '../../src/share/share.js'
import { formatDifficulty } from '../../src/stratum/format-difficulty.js'
import * as push from '../../src/stratum/push.js'
import { errorOfReason, otherError } from '../../src/stratum/reject-code.js'
import { errorLine, resultLine, trueLine } from '../../src/stratum/reply.js'
import { subscribeResult } from '../../src/stratum/subscribe-result.js'

describe('answers', () => {
  it('are single lines, field by field as miners expect them', () => {
    expect(trueLine(4)).toBe('{"id":4,"result":true,"error":null}\n')
    expect(trueLine('auth')).toBe('{"id":"auth","result":true,"error":null}\n')
    expect(trueLine(null)).toBe('{"id":null,"result":true,"error":null}\n')
    expect(resultLine(1, [[], 'ab', 8])).toBe('{"id":1,"result":[[],"ab",8],"error":null}\n')
    expect(errorLine(7, otherError('No'))).toBe('{"id":7,"result":null,"error":[20,"No",null]}\n')
  })

  it('stay on one line whatever the id', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (id) => {
        for (const line of [trueLine(id), errorLine(id, otherError(id))]) {
          expect(line.indexOf('\n')).toBe(line.length - 1)
          expect((JSON.parse(line) as { id: unknown }).id).toBe(id)
        }
      }),
    )
  })

  it('to mining.subscribe carry what cgminer and NerdMiner read from them', () => {
    expect(resultLine(1, subscribeResult('5e55', Uint8Array.of(0, 0xa, 0xb, 0xc), 8))).toBe(
      '{"id":1,"result":[[["mining.set_difficulty","5e55"],["mining.notify","5e55"]],"000a0b0c",8],"error":null}\n',
    )
  })
})

describe('rejects', () => {
  it.each([
    ['job-not-found', 21],
    ['stale-share', 21],
    ['late-share', 21],
    ['duplicate-share', 22],
    ['difficulty-too-low', 23],
    ['unauthorized-worker', 24],
    ['not-subscribed', 25],
    ['bad-ntime', 20],
    ['bad-version-bits', 20],
    ['bad-extranonce-size', 20],
    ['malformed', 20],
    ['pool-busy', 20],
  ] as const)('%s has code %d', (reason, code) => {
    expect(errorOfReason(reason)[0]).toBe(code)
  })

  it('have a text each, and each reason has one', () => {
    const texts = REJECT_REASONS.map((reason) => errorOfReason(reason)[1])
    expect(new Set(texts).size).toBe(REJECT_REASONS.length)
  })
})

describe('difficulty', () => {
  it.each([
    [1e-9, '0.000000001'],
    [1.5e-7, '0.00000015'],
    [9.99e-7, '0.000000999'],
    [0.00015, '0.00015'],
    [0.1, '0.1'],
    [1, '1'],
    [1024.5, '1024.5'],
    [65_536, '65536'],
    [2 ** 53, '9007199254740992'],
  ])('%d is written %s', (difficulty, text) => {
    expect(formatDifficulty(difficulty)).toBe(text)
    expect(push.setDifficultyLine(difficulty)).toBe(
      `{"id":null,"method":"mining.set_difficulty","params":[${text}]}\n`,
    )
  })

  it('is plain decimal, reads back as the same double, and is no longer than it must be', () => {
    const exponent = fc.double({ min: -9, max: Math.log10(2 ** 53), noNaN: true })
    fc.assert(
      fc.property(exponent, (log10) => {
        const difficulty = Math.min(Math.max(10 ** log10, 1e-9), 2 ** 53)
        const text = formatDifficulty(difficulty)
        expect(text).toMatch(/^(0|[1-9]\d*)(\.\d*[1-9])?$/)
        expect(Number(text)).toBe(difficulty)
        const digits = text.replace('.', '').replace(/^0+/, '').replace(/0+$/, '')
        expect(digits.length).toBeLessThanOrEqual(17)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([0, -1, NaN, Infinity, 9e-10, 2 ** 53 + 2])('%d is not one', (difficulty) => {
    expect(() => formatDifficulty(difficulty)).toThrow(RangeError)
  })
})

it('other pushes', () => {
  expect(push.setVersionMaskLine(0x1fffe000)).toBe(
    '{"id":null,"method":"mining.set_version_mask","params":["1fffe000"]}\n',
  )
  expect(push.setExtranonceLine(Uint8Array.of(1, 2, 3, 4), 8)).toBe(
    '{"id":null,"method":"mining.set_extranonce","params":["01020304",8]}\n',
  )
  expect(push.showMessageLine('a "quoted"\nline')).toBe(
    '{"id":null,"method":"client.show_message","params":["a \\"quoted\\"\\nline"]}\n',
  )
  expect(push.pingLine(9)).toBe('{"id":9,"method":"mining.ping","params":[]}\n')
  expect(push.getVersionLine(9)).toBe('{"id":9,"method":"client.get_version","params":[]}\n')
})
