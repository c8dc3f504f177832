import fc from 'fast-check'
import { expect, test } from 'vitest'
import { approvalAbove } from '../../src/payout/approval-above.js'
import { ANSWERED_WITHIN_MS, standingOfRequest, TAKEN_WITHIN_MS } from '../../src/payout/request.js'

test.each([
  ['asked', TAKEN_WITHIN_MS - 1, 'asked'],
  ['asked', TAKEN_WITHIN_MS, 'unanswered'],
  ['taken', ANSWERED_WITHIN_MS - 1, 'taken'],
  ['taken', ANSWERED_WITHIN_MS, 'unanswered'],
  ['done', ANSWERED_WITHIN_MS, 'done'],
  ['refused', ANSWERED_WITHIN_MS, 'refused'],
] as const)('a request that is %s %d ms after it was asked is %s', (state, afterMs, standing) => {
  expect(standingOfRequest({ state, askedAtMs: 1_000 }, 1_000 + afterMs)).toBe(standing)
})

test('an operator can only make approval needed more often than the setting does', () => {
  const sats = fc.option(fc.bigInt({ min: 0n, max: 10n }), { nil: undefined })
  fc.assert(
    fc.property(sats, sats, fc.bigInt({ min: 0n, max: 11n }), (setting, operator, amount) => {
      const isAbove = (limit: bigint | undefined) => limit !== undefined && amount > limit
      expect(isAbove(approvalAbove(setting, operator))).toBe(isAbove(setting) || isAbove(operator))
    }),
  )
})
