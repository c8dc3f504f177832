import type { LiveBan } from '../../src/live/live-feed.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fixedBan,
  isForgotten,
  isInForce,
  isLater,
  liftedBan,
  nextBan,
  readBan,
  REMEMBERED_FOR_MS,
  textOfBan,
} from '../../src/live/ban.js'

const ADDRESS = '203.0.113.7'
const MINUTE_MS = 60_000
const decisionAt = (nowMs: number, previous?: LiveBan) => ({
  address: ADDRESS,
  reason: 'test',
  by: 's00-test',
  nowMs,
  previous,
})

const entry = fc.record({
  address: fc.constant(ADDRESS),
  reason: fc.constantFrom('one', 'two'),
  sinceMs: fc.integer({ min: 0, max: 3 }),
  untilMs: fc.integer({ min: 3, max: 6 }),
  offences: fc.integer({ min: 0, max: 2 }),
  by: fc.constantFrom('a', 'b'),
})

describe('a ban', () => {
  test('is twice as long each time, to sixty-four times', () => {
    let ban: LiveBan | undefined
    const minutes = Array.from({ length: 9 }, () => {
      ban = nextBan(decisionAt(ban?.untilMs ?? 0, ban), 10 * MINUTE_MS)
      return (ban.untilMs - ban.sinceMs) / MINUTE_MS
    })
    expect(minutes).toEqual([10, 20, 40, 80, 160, 320, 640, 640, 640])
  })

  test('is as long as the first when the last one is a day ago, or was lifted', () => {
    const first = nextBan(decisionAt(0), MINUTE_MS)
    const dayLater = first.untilMs + REMEMBERED_FOR_MS
    expect(isForgotten(first, dayLater)).toBe(true)
    expect(nextBan(decisionAt(dayLater, first), MINUTE_MS).offences).toBe(1)
    const lifted = liftedBan(decisionAt(1_000, first))
    const next = nextBan(decisionAt(2_000, lifted), MINUTE_MS)
    expect(next.untilMs - next.sinceMs).toBe(MINUTE_MS)
  })

  test('holds over what was there before, even when the clock here is behind', () => {
    const elsewhere = nextBan(decisionAt(10_000), MINUTE_MS)
    const lifted = liftedBan(decisionAt(5_000, elsewhere))
    expect(isLater(lifted, elsewhere)).toBe(true)
    expect([isInForce(elsewhere, 5_000), isInForce(lifted, 5_000)]).toEqual([true, false])
    expect(isLater(fixedBan(decisionAt(5_000, elsewhere), 1), elsewhere)).toBe(true)
  })

  test('law: of two different entries exactly one is the later, and of many there is a latest', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 2, maxLength: 6 }), (entries) => {
        const [one, other] = entries as [LiveBan, LiveBan]
        const isSame = textOfBan(one) === textOfBan(other)
        expect(Number(isLater(one, other)) + Number(isLater(other, one))).toBe(isSame ? 0 : 1)
        const latestOf = (list: readonly LiveBan[]) =>
          list.reduce((held, ban) => (isLater(ban, held) ? ban : held))
        expect(textOfBan(latestOf(entries))).toBe(textOfBan(latestOf([...entries].reverse())))
      }),
    )
  })

  test('law: is read back from its text', () => {
    fc.assert(
      fc.property(entry, (ban) => {
        expect(readBan(ADDRESS, textOfBan(ban))).toEqual(ban)
      }),
    )
  })

  test.each([
    ['{', ADDRESS],
    ['null', ADDRESS],
    ['{"address":"203.0.113.7"}', ADDRESS],
    [textOfBan(nextBan(decisionAt(0), 1)), '203.0.113.8'],
    [textOfBan({ ...nextBan(decisionAt(0), 1), address: 'home' }), 'home'],
    [textOfBan({ ...nextBan(decisionAt(0), 1), untilMs: Infinity }), ADDRESS],
    [textOfBan({ ...nextBan(decisionAt(0), 1), address: '::ffff:203.0.113.7' }), '::ffff:203.0.113.7'],
  ])('is not %s of %s', (text, field) => {
    expect(readBan(field, text)).toBeUndefined()
  })
})
