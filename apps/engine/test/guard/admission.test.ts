import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressKeyOf, subnetKeyOf } from '../../src/guard/address-key.js'
import type { PeerId } from '../../src/guard/peer-guard.js'
import { addressOf, openGuard } from './open-guard.js'

const FARM = '203.0.113.7'

describe('by default', () => {
  test('10,000 clients of many addresses may come back at once, again and again', () => {
    const { guard, admit, clock } = openGuard()
    for (let storm = 0; storm < 5; storm++) {
      const peers = Array.from({ length: 10_000 }, (_, n) => admit(addressOf(n)))
      expect(guard.connectionCount).toBe(10_000)
      for (const peer of peers) guard.leave(peer)
      clock.nowMs += 1_000
    }
  })

  test('so may the 10,000 rigs of a farm behind one address, and nobody after them', () => {
    const { guard, admit, clock } = openGuard()
    const peers = Array.from({ length: 10_000 }, () => admit(FARM))
    expect(guard.admit(FARM, clock.nowMs)).toBe('too-many-from-address')
    for (const peer of peers) guard.leave(peer)
    // A storm has used up what an address may connect at once; a hundred a second come back.
    expect(guard.admit(FARM, clock.nowMs)).toBe('connecting-too-often')
    clock.nowMs += 100_000
    for (let n = 0; n < 10_000; n++) admit(FARM)
  })

  test('a load generator on this machine may have 20,000 connections when it is configured to', () => {
    const limit = { STRATUM_MAX_CONNECTIONS_PER_ADDRESS: '0', STRATUM_MAX_CONNECTIONS_PER_SUBNET: '0' }
    const { guard, admit } = openGuard({ ...limit, STRATUM_MAX_NEW_CONNECTIONS_PER_SECOND: '0' })
    for (let n = 0; n < 20_000; n++) admit('127.0.0.1')
    expect(guard.connectionCount).toBe(20_000)
  })
})

describe('a connection is refused', () => {
  test('beyond the connections of the pool', () => {
    const { guard, admit, clock } = openGuard({ STRATUM_MAX_CONNECTIONS: '2' })
    const first = admit(addressOf(1))
    admit(addressOf(2))
    expect(guard.admit(addressOf(3), clock.nowMs)).toBe('too-many-connections')
    guard.leave(first)
    admit(addressOf(3))
  })

  test('beyond those of its subnet, of which an IPv6 site has 65,536 addresses', () => {
    const { guard, admit, clock } = openGuard({ STRATUM_MAX_CONNECTIONS_PER_SUBNET: '2' })
    admit('2001:db8:5:1::1')
    const second = admit('2001:db8:5:2::1')
    expect(guard.admit('2001:db8:5:3::1', clock.nowMs)).toBe('too-many-from-subnet')
    admit('2001:db8:6:3::1')
    guard.leave(second)
    admit('2001:db8:5:3::1')
  })

  test('when it comes back in a loop', () => {
    const { guard, admit, clock } = openGuard({
      STRATUM_MAX_CONNECTIONS_PER_ADDRESS: '5',
      STRATUM_MAX_NEW_CONNECTIONS_PER_SECOND: '1',
    })
    for (let turn = 0; turn < 5; turn++) guard.leave(admit(FARM))
    expect(guard.admit(FARM, clock.nowMs)).toBe('connecting-too-often')
    admit('203.0.113.8')
    clock.nowMs += 1_000
    admit(FARM)
  })

  test('while the process has more memory than it should', () => {
    const { guard, admit, clock, memory } = openGuard({ STRATUM_MAX_MEMORY_MIB: '512' })
    const peer = admit(FARM)
    memory.bytes = 513 * 1024 * 1024
    clock.nowMs += 250
    expect(guard.admit(FARM, clock.nowMs)).toBe('out-of-memory')
    expect(guard.onMessage(peer, clock.nowMs)).toBe('taken')
    memory.bytes = 511 * 1024 * 1024
    clock.nowMs += 250
    admit(FARM)
  })

  test('while its address is banned, or the /64 it belongs to', () => {
    const { guard, bans, admit, clock } = openGuard()
    bans.ban(FARM, 'test')
    bans.ban('2001:db8:0:1::/64', 'test')
    expect(guard.admit(FARM, clock.nowMs)).toBe('banned')
    expect(guard.admit(`::ffff:${FARM}`, clock.nowMs)).toBe('banned')
    expect(guard.admit('2001:db8:0:1::abcd', clock.nowMs)).toBe('banned')
    admit('203.0.113.8')
    admit('2001:db8:0:2::abcd')
    clock.nowMs += 10 * 60_000
    admit(FARM)
  })

  test('but not when the ban is of somebody who is never banned', () => {
    const { bans, admit } = openGuard({ STRATUM_NEVER_BAN: '203.0.113.0/24' })
    bans.ban(FARM, 'made before the setting')
    admit(FARM)
  })
})

describe('a connection that another process hands over', () => {
  test('counts for no limit, and uses up nothing', () => {
    const { guard, admit, clock } = openGuard({
      STRATUM_MAX_CONNECTIONS: '2',
      STRATUM_MAX_CONNECTIONS_PER_ADDRESS: '2',
      STRATUM_MAX_CONNECTIONS_PER_SUBNET: '2',
    })
    const guests = Array.from({ length: 10 }, () => guard.admitGuest(FARM, clock.nowMs) as PeerId)
    admit(FARM)
    admit(FARM)
    expect(guard.connectionCount).toBe(2)
    for (const guest of guests) guard.leave(guest)
    expect(guard.connectionCount).toBe(2)
    expect(guard.admit(FARM, clock.nowMs)).toBe('too-many-connections')
  })

  test('is refused when banned, and found when it is banned later', () => {
    const { guard, bans, clock } = openGuard()
    const guest = guard.admitGuest(FARM, clock.nowMs) as PeerId
    bans.ban(FARM, 'test')
    expect(guard.findConnected(FARM)?.(guest)).toBe(true)
    expect(guard.admitGuest(FARM, clock.nowMs)).toBe('banned')
    guard.leave(guest)
    expect(guard.findConnected(FARM)).toBeUndefined()
  })

  test('has limits and a reputation of its own', () => {
    const { guard, clock } = openGuard({
      STRATUM_MAX_MESSAGES_PER_SECOND: '1',
      STRATUM_BAN_MIN_SUBMISSIONS: '10',
    })
    const guest = guard.admitGuest(FARM, clock.nowMs) as PeerId
    for (let n = 0; n < 10; n++) expect(guard.onMessage(guest, clock.nowMs)).toBe('taken')
    expect(guard.onMessage(guest, clock.nowMs)).toBe('too-many-messages')
    for (let n = 0; n < 9; n++) expect(guard.onVerdict(guest, 'malformed', clock.nowMs)).toBe('kept')
    expect(guard.onVerdict(guest, 'malformed', clock.nowMs)).toBe('banned')
  })
})

describe('law: comings and goings', () => {
  const ADDRESSES = [
    '203.0.113.1',
    '203.0.113.2',
    '203.0.114.1',
    '2001:db8::1',
    '2001:db8:0:0:ffff::1',
    '2001:db8:0:1::1',
  ]
  const step = fc.record({ isComing: fc.boolean(), address: fc.constantFrom(...ADDRESSES), pick: fc.nat() })
  const LIMITS = { connections: 8, perAddress: 3, perSubnet: 5 }

  test('never pass a limit, refuse nobody below it, and balance', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const { guard, clock } = openGuard({
          STRATUM_MAX_CONNECTIONS: String(LIMITS.connections),
          STRATUM_MAX_CONNECTIONS_PER_ADDRESS: String(LIMITS.perAddress),
          STRATUM_MAX_CONNECTIONS_PER_SUBNET: String(LIMITS.perSubnet),
          STRATUM_MAX_NEW_CONNECTIONS_PER_SECOND: '0',
        })
        const present: { peer: PeerId; address: string }[] = []
        const come = (address: string): void => {
          const key = addressKeyOf(address)
          const keys = present.map((other) => addressKeyOf(other.address))
          const isFull =
            present.length === LIMITS.connections ||
            keys.filter((other) => other === key).length === LIMITS.perAddress ||
            keys.filter((other) => subnetKeyOf(other) === subnetKeyOf(key)).length === LIMITS.perSubnet
          const admitted = guard.admit(address, ++clock.nowMs)
          expect(typeof admitted === 'string').toBe(isFull)
          if (typeof admitted === 'string') return
          expect(present.some(({ peer }) => peer === admitted)).toBe(false)
          present.push({ peer: admitted, address })
        }
        for (const { isComing, address, pick } of steps) {
          if (isComing) come(address)
          else if (present.length > 0) guard.leave(present.splice(pick % present.length, 1)[0]!.peer)
          expect(guard.connectionCount).toBe(present.length)
        }
        for (const { peer } of present.splice(0)) guard.leave(peer)
        for (let n = 0; n < LIMITS.perAddress; n++) come(ADDRESSES[0]!)
        come(ADDRESSES[0]!)
        expect(present).toHaveLength(LIMITS.perAddress)
      }),
    )
  })
})
