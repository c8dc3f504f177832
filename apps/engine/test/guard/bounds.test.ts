import { describe, expect, test } from 'vitest'
import { AddressRecords, CONNECTS, MAX_ADDRESSES } from '../../src/guard/address-records.js'
import { MAX_BANS } from '../../src/guard/ban-list.js'
import { formatAddressKey } from '../../src/guard/address-key.js'
import { MinerMeters } from '../../src/guard/miner-meters.js'
import { openGuard } from './open-guard.js'

describe('addresses', () => {
  test('that are gone and say nothing any more are forgotten as others come', () => {
    const records = new AddressRecords((cells, at, nowMs) => cells[at + CONNECTS]! <= nowMs)
    for (let key = 0; key < 100_000; key++) {
      const place = records.place(key, key)
      // Each is remembered for as long as it takes a hundred others to come.
      records.cells[place + CONNECTS] = key + 100
      records.join(place)
      records.leave(place)
    }
    expect(records.size).toBeLessThanOrEqual(1_024)
    expect(records.find(99_999)).toBeDefined()
    expect(records.find(0)).toBeUndefined()
  })

  test('beyond the bound are forgotten whatever they have done, but not those who are connected', () => {
    const records = new AddressRecords(() => false)
    const connected = records.place(7, 0)
    records.join(connected)
    const guest = records.place(8, 0)
    records.joinAsGuest(guest)
    for (let key = 100; key < 100 + 2 * MAX_ADDRESSES; key++) records.place(key, 0)
    expect(records.size).toBeLessThanOrEqual(MAX_ADDRESSES)
    expect(records.find(7)).toBe(connected)
    expect(records.find(8)).toBe(guest)
    expect(records.keyAt(connected)).toBe(7)
  })
})

describe('miners', () => {
  test('beyond the bound: those with a full bucket are forgotten, then the first to have come', () => {
    const meters = new MinerMeters(3)
    const [one, two, three] = ['one', 'two', 'three'].map((address) => meters.of(address, 0))
    expect(meters.of('one', 0)).toBe(one)
    one!.submitsFullAtMs = two!.submitsFullAtMs = 20
    three!.submitsFullAtMs = 5
    meters.of('four', 10).submitsFullAtMs = 20
    expect(meters.size).toBe(3)
    expect(meters.of('two', 10)).toBe(two)
    meters.of('five', 10)
    expect(meters.size).toBe(3)
    expect(meters.of('two', 10)).toBe(two)
    expect(meters.of('one', 10)).not.toBe(one)
  })
})

describe('bans', () => {
  test('beyond the bound: the first to end gives way', () => {
    const { bans, clock } = openGuard()
    for (let n = 0; n <= MAX_BANS; n++) {
      bans.ban(formatAddressKey(n), 'test')
      clock.nowMs++
    }
    expect(bans.active()).toHaveLength(MAX_BANS)
    expect(bans.isBanned('0.0.0.0')).toBe(false)
    expect(bans.isBanned('0.0.0.1')).toBe(true)
    expect(bans.isBanned(formatAddressKey(MAX_BANS))).toBe(true)
  })

  test('hold without Redis, end by themselves, and may be lifted', () => {
    const { bans, clock } = openGuard({ STRATUM_BAN_MINUTES: '1' })
    bans.ban('203.0.113.7', 'test')
    bans.ban('203.0.113.8', 'test')
    expect(bans.lift('203.0.113.8')).toBe(true)
    expect(bans.lift('203.0.113.8')).toBe(false)
    expect(bans.active().map(({ address }) => address)).toEqual(['203.0.113.7'])
    clock.nowMs += 60_000
    expect(bans.active()).toEqual([])
  })

  test('do not grow longer by repeating them while they last', () => {
    const { bans, clock } = openGuard()
    const ban = bans.ban('203.0.113.7', 'test')
    clock.nowMs += 1_000
    expect(bans.ban('203.0.113.7', 'again')).toEqual(ban)
    expect(bans.banFor('203.0.113.7', 'for long', 3_600_000).untilMs).toBeGreaterThan(ban.untilMs)
  })
})
