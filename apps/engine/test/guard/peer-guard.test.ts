import { describe, expect, test } from 'vitest'
import { addressOf, openGuard, type OpenGuard } from './open-guard.js'

const FARM = '203.0.113.7'

/** Lines at an even pace; how many were taken before the first that was not. */
function sendEvenly({ guard, clock }: OpenGuard, peer: number, perSecond: number, seconds: number): number {
  const startMs = clock.nowMs
  for (let n = 0; n < perSecond * seconds; n++) {
    clock.nowMs = startMs + (n * 1_000) / perSecond
    if (guard.onMessage(peer, clock.nowMs) !== 'taken') return n
  }
  return perSecond * seconds
}

describe('lines of a connection', () => {
  test('are taken at the rate of its limit without end, and faster for ten seconds', () => {
    const open = openGuard({ STRATUM_MAX_MESSAGES_PER_SECOND: '50' })
    const peer = open.admit(FARM)
    expect(sendEvenly(open, peer, 50, 100)).toBe(5_000)
    open.clock.nowMs += 20_000
    expect(sendEvenly(open, peer, 100, 100)).toBe(999)
    expect(open.guard.onMessage(peer, open.clock.nowMs)).toBe('too-many-messages')
  })

  test('use up what belongs to its address', () => {
    const { guard, clock, admit } = openGuard({ STRATUM_MAX_MESSAGES_PER_SECOND_PER_ADDRESS: '10' })
    const [one, other, stranger] = [admit(FARM), admit(FARM), admit('203.0.113.8')]
    for (let n = 0; n < 50; n++) {
      expect(guard.onMessage(one, clock.nowMs)).toBe('taken')
      expect(guard.onMessage(other, clock.nowMs)).toBe('taken')
    }
    expect(guard.onMessage(one, clock.nowMs)).toBe('too-many-messages-from-address')
    expect(guard.onMessage(stranger, clock.nowMs)).toBe('taken')
    // A new connection gets no new allowance.
    guard.leave(one)
    expect(guard.onMessage(admit(FARM), clock.nowMs)).toBe('too-many-messages-from-address')
  })

  test('of the next connection under the same id start anew', () => {
    const { guard, clock, admit } = openGuard({ STRATUM_MAX_MESSAGES_PER_SECOND: '1' })
    const first = admit(FARM)
    for (let n = 0; n < 10; n++) guard.onMessage(first, clock.nowMs)
    expect(guard.onMessage(first, clock.nowMs)).toBe('too-many-messages')
    guard.leave(first)
    const second = admit(FARM)
    expect(second).toBe(first)
    expect(guard.onMessage(second, clock.nowMs)).toBe('taken')
  })

  test('of 10,000 rigs that connect at once, five each, are taken by default', () => {
    const { guard, clock, admit } = openGuard()
    const peers = Array.from({ length: 10_000 }, () => admit(FARM))
    let taken = 0
    for (let line = 0; line < 5; line++) {
      clock.nowMs += 100
      for (const peer of peers) if (guard.onMessage(peer, clock.nowMs) === 'taken') taken++
    }
    expect(taken).toBe(50_000)
  })
})

describe('bytes of transactions', () => {
  const LIST = 4_000_000
  const setting = { STRATUM_MAX_TRANSACTION_BYTES_PER_SECOND_PER_ADDRESS: '1000000' }

  test('are those of an address, whatever connections it has', () => {
    const { guard, clock, admit } = openGuard(setting)
    const ask = (address: string) => {
      const peer = admit(address)
      const verdict = guard.onTransactionList(peer, LIST, clock.nowMs)
      guard.leave(peer)
      return verdict
    }
    const verdicts = Array.from({ length: 100 }, () => ask(FARM))
    // Ten seconds' worth, and what is left of a list that was begun.
    expect(verdicts.filter((verdict) => verdict === 'taken')).toHaveLength(3)
    expect(ask('203.0.113.8')).toBe('taken')
    clock.nowMs += 2_000
    expect(ask(FARM)).toBe('refused')
    clock.nowMs += 1
    expect(ask(FARM)).toBe('taken')
  })

  test('are remembered when others come, for as long as they count', () => {
    const { guard, clock, admit } = openGuard(setting)
    guard.leave(admit(FARM))
    const peer = admit(FARM)
    for (let n = 0; n < 3; n++) guard.onTransactionList(peer, LIST, clock.nowMs)
    guard.leave(peer)
    clock.nowMs += 1_500
    for (let n = 0; n < 2_000; n++) guard.leave(admit(addressOf(n)))
    expect(guard.onTransactionList(admit(FARM), LIST, clock.nowMs)).toBe('refused')
  })

  test('have no limit when it is 0, and a list is not too large for any', () => {
    const unlimited = openGuard({ STRATUM_MAX_TRANSACTION_BYTES_PER_SECOND_PER_ADDRESS: '0' })
    const peer = unlimited.admit(FARM)
    for (let n = 0; n < 100; n++) expect(unlimited.guard.onTransactionList(peer, LIST, 0)).toBe('taken')
    const small = openGuard({ STRATUM_MAX_TRANSACTION_BYTES_PER_SECOND_PER_ADDRESS: '1' })
    expect(small.guard.onTransactionList(small.admit(FARM), LIST, 0)).toBe('taken')
  })
})

describe('submissions', () => {
  /** Verdicts of submissions at an even pace. */
  function submitEvenly(
    { guard, clock }: OpenGuard,
    peer: number,
    miner: string,
    perSecond: number,
    count: number,
  ) {
    const meter = guard.meterOf(miner, clock.nowMs)
    const startMs = clock.nowMs
    const verdicts = { taken: 0, refused: 0, 'too-many-submits': 0 }
    for (let n = 0; n < count; n++) {
      clock.nowMs = startMs + (n * 1_000) / perSecond
      verdicts[guard.onSubmit(peer, meter, clock.nowMs)]++
    }
    return verdicts
  }

  test('of a proxy with 1,000 shares a second are taken by default', () => {
    const open = openGuard()
    expect(submitEvenly(open, open.admit(FARM), 'bc1proxy', 1_000, 60_000).taken).toBe(60_000)
  })

  test('beyond the limit are refused one by one, those within it taken', () => {
    const open = openGuard({ STRATUM_MAX_SUBMITS_PER_SECOND: '10' })
    const verdicts = submitEvenly(open, open.admit(FARM), 'bc1miner', 20, 300)
    // 100 of the burst and 10 a second for 15 s, but for the last of them.
    expect(verdicts).toEqual({ taken: 249, refused: 51, 'too-many-submits': 0 })
  })

  test('that go on beyond it close the connection', () => {
    const open = openGuard({ STRATUM_MAX_SUBMITS_PER_SECOND: '10' })
    const verdicts = submitEvenly(open, open.admit(FARM), 'bc1miner', 100, 300)
    expect(verdicts.refused).toBe(100)
    expect(verdicts['too-many-submits']).toBeGreaterThan(0)
  })

  test('that slow down are forgiven', () => {
    const open = openGuard({ STRATUM_MAX_SUBMITS_PER_SECOND: '10' })
    const peer = open.admit(FARM)
    for (let round = 0; round < 5; round++) {
      expect(submitEvenly(open, peer, 'bc1miner', 1_000, 190)['too-many-submits']).toBe(0)
      open.clock.nowMs += 10_000
    }
  })

  test('of one payout address are limited together, and never close anybody', () => {
    const open = openGuard({ STRATUM_MAX_SUBMITS_PER_SECOND_PER_MINER: '10' })
    const [one, other] = [open.admit(FARM), open.admit('203.0.113.8')]
    expect(submitEvenly(open, one, 'bc1miner', 1e9, 60).taken).toBe(60)
    expect(submitEvenly(open, other, 'bc1miner', 1e9, 1_000)).toMatchObject({ taken: 40, refused: 960 })
    expect(submitEvenly(open, other, 'bc1another', 1e9, 60).taken).toBe(60)
  })
})

describe('who is connected from an address', () => {
  test('is found, also from elsewhere in its /64, but for those who are never banned', () => {
    const { guard, admit } = openGuard({ STRATUM_NEVER_BAN: '2001:db8::5' })
    const [guest, trusted, stranger] = [admit('2001:db8::1'), admit('2001:db8::5'), admit('2001:db8:1::1')]
    const isOfAddress = guard.findConnected('2001:db8:0:0::/64')!
    expect([guest, trusted, stranger].map(isOfAddress)).toEqual([true, false, false])
  })

  test('is nobody when nobody is', () => {
    const { guard, admit } = openGuard()
    expect(guard.findConnected(FARM)).toBeUndefined()
    guard.leave(admit(FARM))
    expect(guard.findConnected(FARM)).toBeUndefined()
  })
})
