import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  MAX_MESSAGES_AN_HOUR,
  MAX_URGENT_MESSAGES_AN_HOUR,
  planMessages,
  type OpenChannel,
  type OwnerWishes,
  type WaitingEvent,
} from '../../src/alert/plan-messages.js'
import { isQuiet } from '../../src/alert/quiet-hours.js'
import { ALERT_LEVELS } from '../../src/alert/rules.js'

const NIGHT = Date.UTC(2026, 10, 26, 2, 0)
const NOON = Date.UTC(2026, 10, 26, 12, 0)
const WISHES: OwnerWishes = {
  quietHours: { fromMinute: 22 * 60, untilMinute: 7 * 60, timeZone: 'UTC' },
  urgentPasses: true,
  groupingMs: 60_000,
}
const CHANNEL: OpenChannel = { id: 1n, kind: 'email', isVerified: true, minLevel: 'info' }

function waiting(id: bigint, atMs: number, changes: Partial<WaitingEvent> = {}): WaitingEvent {
  return {
    id,
    rule: 'worker-down',
    level: 'warning',
    atMs,
    channelId: undefined,
    notTo: undefined,
    ...changes,
  }
}

describe('planMessages', () => {
  it('tells many workers that go down together in one message', () => {
    const events = [waiting(1n, NOON - 70_000), waiting(2n, NOON - 20_000), waiting(3n, NOON)]
    expect(planMessages(events.slice(1), [CHANNEL], WISHES, 0, NOON).plannedIds).toEqual([])
    const { messages } = planMessages(events, [CHANNEL], WISHES, 0, NOON)
    expect(messages).toEqual([{ channelId: 1n, eventIds: [1n, 2n, 3n] }])
  })

  it('keeps quiet hours; what is urgent passes, alone and at once, if the owner wants it to', () => {
    const events = [waiting(1n, NIGHT - 600_000), waiting(2n, NIGHT, { level: 'urgent' })]
    expect(planMessages(events, [CHANNEL], WISHES, 0, NIGHT).plannedIds).toEqual([2n])
    expect(planMessages(events, [CHANNEL], { ...WISHES, urgentPasses: false }, 0, NIGHT).plannedIds).toEqual(
      [],
    )
    expect(planMessages(events, [CHANNEL], WISHES, 0, NOON).plannedIds).toEqual([1n, 2n])
  })

  it('sends a test and a code at once, to their channel alone, and only a code before it is verified', () => {
    const channels = [
      { ...CHANNEL, isVerified: false },
      { ...CHANNEL, id: 2n },
    ]
    const code = waiting(1n, NIGHT, { rule: 'verify', level: 'info', channelId: 1n })
    const test = waiting(2n, NIGHT, { rule: 'test', level: 'info', channelId: 1n })
    const { messages, plannedIds } = planMessages([code, test], channels, WISHES, 1_000, NIGHT)
    expect(messages).toEqual([{ channelId: 1n, eventIds: [1n] }])
    expect(plannedIds).toEqual([1n, 2n])
  })

  it('sends nothing else to a channel that is not verified, or that the event says is failing', () => {
    const channels = [CHANNEL, { ...CHANNEL, id: 2n, isVerified: false }, { ...CHANNEL, id: 3n }]
    const event = waiting(1n, NOON - 70_000, { rule: 'channel-failing', notTo: 3n })
    expect(planMessages([event], channels, WISHES, 0, NOON).messages).toEqual([
      { channelId: 1n, eventIds: [1n] },
    ])
  })

  it('holds a flood back, and tells it together later', () => {
    const event = waiting(1n, NOON - 70_000)
    const urgent = waiting(2n, NOON, { level: 'urgent' })
    expect(planMessages([event], [CHANNEL], WISHES, MAX_MESSAGES_AN_HOUR, NOON).plannedIds).toEqual([])
    expect(planMessages([event, urgent], [CHANNEL], WISHES, MAX_MESSAGES_AN_HOUR, NOON).plannedIds).toEqual([
      1n,
      2n,
    ])
    expect(planMessages([urgent], [CHANNEL], WISHES, MAX_URGENT_MESSAGES_AN_HOUR, NOON).plannedIds).toEqual(
      [],
    )
  })

  it('never puts an event into two messages of a channel, nor into one below its level', () => {
    const level = fc.constantFrom(...ALERT_LEVELS)
    const events = fc.array(fc.record({ level, ageMs: fc.nat(200_000), to: fc.option(fc.nat(3)) }), {
      maxLength: 12,
    })
    const channels = fc.array(fc.record({ isVerified: fc.boolean(), minLevel: level }), { maxLength: 4 })
    fc.assert(
      fc.property(events, channels, fc.nat(50), fc.nat(86_400_000), (some, open, sent, offset) => {
        const nowMs = NIGHT + offset
        const given = some.map(({ level, ageMs, to }, at) =>
          waiting(BigInt(at), nowMs - ageMs, { level, channelId: to === null ? undefined : BigInt(to) }),
        )
        const all = open.map((channel, at): OpenChannel => ({ ...CHANNEL, ...channel, id: BigInt(at) }))
        const { messages, plannedIds } = planMessages(given, all, WISHES, sent, nowMs)
        const told = messages.flatMap(({ channelId, eventIds }) => eventIds.map((id) => `${channelId} ${id}`))
        expect(new Set(told).size).toBe(told.length)
        for (const { channelId, eventIds } of messages)
          for (const id of eventIds) {
            const event = given[Number(id)]!
            const channel = all[Number(channelId)]!
            expect(plannedIds).toContain(id)
            expect(channel.isVerified).toBe(true)
            if (event.channelId !== undefined) expect(event.channelId).toBe(channelId)
            else
              expect(ALERT_LEVELS.indexOf(event.level)).toBeGreaterThanOrEqual(
                ALERT_LEVELS.indexOf(channel.minLevel),
              )
          }
      }),
    )
  })
})

describe('isQuiet', () => {
  it('goes by the time zone of the owner, also over midnight and over a change of summer time', () => {
    const vienna = { fromMinute: 23 * 60, untilMinute: 6 * 60, timeZone: 'Europe/Vienna' }
    expect(isQuiet(vienna, Date.UTC(2026, 6, 1, 21, 0))).toBe(true)
    expect(isQuiet(vienna, Date.UTC(2026, 0, 1, 21, 0))).toBe(false)
    expect(isQuiet(vienna, Date.UTC(2026, 0, 1, 4, 59))).toBe(true)
    expect(isQuiet(vienna, Date.UTC(2026, 0, 1, 5, 0))).toBe(false)
  })

  it('is never so without a length', () => {
    fc.assert(
      fc.property(fc.nat(1_439), fc.nat(86_400_000), (minute, offset) => {
        expect(isQuiet({ fromMinute: minute, untilMinute: minute, timeZone: 'UTC' }, NIGHT + offset)).toBe(
          false,
        )
      }),
    )
  })
})
