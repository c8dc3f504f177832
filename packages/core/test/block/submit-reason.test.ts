import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reasonOf, type SubmitStanding } from '../../src/block/submit-reason.js'

const standingOf = (result: string | null): SubmitStanding =>
  reasonOf({ call: 'submitblock', result }).standing

describe('what a node says of a block', () => {
  test.each<[string | null, SubmitStanding]>([
    [null, 'accepted'],
    ['duplicate', 'accepted'],
    ['duplicate-invalid', 'refused'],
    ['duplicate-inconclusive', 'open'],
    ['inconclusive', 'open'],
    ['rejected', 'refused'],
    ['bad-txnmrklroot', 'refused'],
    ['high-hash', 'refused'],
    ['time-too-new', 'open'],
    ['time-too-old', 'refused'],
    ['bad-cb-height', 'refused'],
    ['bad-witness-merkle-match', 'refused'],
    ['bad-blk-length', 'refused'],
    ['stale-prevblk', 'refused'],
    ['bad-prevblk', 'refused'],
    ['prev-blk-not-found', 'open'],
    ['unexpected-witness', 'refused'],
    ['mandatory-script-verify-flag-failed (Invalid Schnorr signature), input 0 of ab', 'refused'],
    ['error -22: submitblock: Block decode failed (-22)', 'refused'],
    ['error -25: submitblock: disk (-25)', 'open'],
    ['error -10: submitblock: syncing (-10)', 'open'],
    ['away: submitblock: connect ECONNREFUSED', 'open'],
  ])('%s is %s', (result, standing) => {
    expect(standingOf(result)).toBe(standing)
  })

  test('always has a meaning in a sentence, and a reason that nobody knows is a refusal', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('submitblock', 'preciousblock'), (text, call) => {
        expect(reasonOf({ call, result: text }).meaning).toMatch(/^[A-Z].*\.$/)
      }),
    )
    for (const name of ['constructor', '__proto__', 'something-new']) expect(standingOf(name)).toBe('refused')
  })

  test('an accepted preciousblock is told apart from an accepted block', () => {
    expect(reasonOf({ call: 'preciousblock', result: null })).not.toEqual(
      reasonOf({ call: 'submitblock', result: null }),
    )
  })
})
