import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_DIFFICULTY, MIN_DIFFICULTY } from '../../src/stratum/format-difficulty.js'
import { parsePasswordOptions } from '../../src/stratum/params/password-options.js'

const NONE = { fixedDifficulty: undefined, minDifficulty: undefined, problem: undefined }

describe('the options in a password', () => {
  it.each([
    '',
    'x',
    '123',
    'd',
    'md',
    'password',
    'id=7',
    'xd=5',
    'd:1000',
    '=5',
    '__proto__=1',
    'constructor=2',
  ])('are none in %j', (password) => {
    expect(parsePasswordOptions(password)).toEqual(NONE)
  })

  it.each([
    ['d=1000', { fixedDifficulty: 1000 }],
    ['diff=1000', { fixedDifficulty: 1000 }],
    ['D=1000', { fixedDifficulty: 1000 }],
    ['Diff=0.00015', { fixedDifficulty: 0.00015 }],
    ['md=16', { minDifficulty: 16 }],
    ['d=1e-9', { fixedDifficulty: 1e-9 }],
    ['d=9007199254740992', { fixedDifficulty: 2 ** 53 }],
    ['d=5.', { fixedDifficulty: 5 }],
    ['d=.5', { fixedDifficulty: 0.5 }],
    ['d=1.5E+3', { fixedDifficulty: 1500 }],
    ['x,d=8192', { fixedDifficulty: 8192 }],
    ['x;md=16&id=7', { minDifficulty: 16 }],
    ['d=8 md=2', { fixedDifficulty: 8, minDifficulty: 2 }],
    ['  md=2 ,; d=8  ', { fixedDifficulty: 8, minDifficulty: 2 }],
    ['d=8;diff=9', { fixedDifficulty: 9 }],
  ])('are found in %j', (password, options) => {
    expect(parsePasswordOptions(password)).toEqual({ ...NONE, ...options })
  })

  it.each([
    '',
    '0',
    '-5',
    '+5',
    '1e-10',
    '9007199254740994',
    '1e999',
    'NaN',
    'Infinity',
    '0x10',
    '10k',
    '5M',
    '1_000',
    '1.2.3',
    '.',
    'e5',
    '1=2',
  ])('with the senseless value %j are left out and named', (value) => {
    expect(parsePasswordOptions(`d=${value}`)).toEqual({
      ...NONE,
      problem: 'Password option d= takes a number from 1e-9 to 2^53',
    })
    expect(parsePasswordOptions(`MD=${value};diff=7`)).toEqual({
      ...NONE,
      fixedDifficulty: 7,
      problem: 'Password option md= takes a number from 1e-9 to 2^53',
    })
  })

  it('are read back as they were written, whatever text stands beside them', () => {
    const difficulty = fc.double({ min: MIN_DIFFICULTY, max: MAX_DIFFICULTY, noNaN: true })
    const mark = fc.constantFrom(',', ';', '&', ' ')
    const beside = fc.stringMatching(/^[a-z0-9:.-]{0,9}$/)
    fc.assert(
      fc.property(difficulty, difficulty, mark, beside, (fixed, min, separator, text) => {
        const password = [text, `d=${fixed}`, `md=${min}`, text].join(separator)
        expect(parsePasswordOptions(password)).toEqual({
          fixedDifficulty: fixed,
          minDifficulty: min,
          problem: undefined,
        })
      }),
    )
  })

  it('stay within their bounds for any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const { fixedDifficulty, minDifficulty } = parsePasswordOptions(`${before}d=${after} md=${before}`)
        for (const difficulty of [fixedDifficulty, minDifficulty]) {
          if (difficulty === undefined) continue
          expect(difficulty).toBeGreaterThanOrEqual(MIN_DIFFICULTY)
          expect(difficulty).toBeLessThanOrEqual(MAX_DIFFICULTY)
        }
      }),
    )
  })
})
