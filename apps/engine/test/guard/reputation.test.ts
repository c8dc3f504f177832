import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Judgement } from '../../src/guard/peer-guard.js'
import { MAX_FRUITLESS_SUBMISSIONS } from '../../src/guard/reputation.js'
import { openGuard, type OpenGuard } from './open-guard.js'

const FARM = '203.0.113.7'
const FEW = { STRATUM_BAN_MIN_SUBMISSIONS: '20' }

/** The last of many verdicts. */
function rejectTimes({ guard, clock }: OpenGuard, peer: number, count: number): Judgement {
  let judgement: Judgement = 'kept'
  for (let n = 0; n < count && judgement === 'kept'; n++) {
    judgement = guard.onVerdict(peer, 'difficulty-too-low', clock.nowMs)
  }
  return judgement
}

describe('an address', () => {
  test('is banned when most of what it submits is rejected, and not before there is enough to judge', () => {
    const open = openGuard(FEW)
    const peer = open.admit(FARM)
    expect(rejectTimes(open, peer, 19)).toBe('kept')
    expect(open.bans.isBanned(FARM)).toBe(false)
    expect(rejectTimes(open, peer, 1)).toBe('banned')
    expect(open.bans.active()).toMatchObject([{ address: FARM, reason: 'too many rejected submissions' }])
  })

  test('is banned at just so many rejects while the time goes by, and those of a farm at just so many times more', () => {
    /** The number of the reject that bans. */
    const banningReject = (open: OpenGuard): number => {
      for (let count = 1; count < 1_000; count++) {
        open.clock.nowMs += 0.7
        const peer = open.admit(FARM)
        if (open.guard.onVerdict(peer, 'malformed', open.clock.nowMs) === 'banned') return count
        open.guard.leave(peer)
      }
      return Infinity
    }
    expect(banningReject(openGuard(FEW))).toBe(20)
    expect(banningReject(openGuard())).toBe(200)
    const farm = openGuard(FEW)
    farm.guard.onVerdict(farm.admit(FARM), undefined, farm.clock.nowMs)
    expect(banningReject(farm)).toBe(20 * 11)
  })

  test('is banned for what many short connections have sent', () => {
    const open = openGuard(FEW)
    const judgements = Array.from({ length: 4 }, () => {
      const peer = open.admit(FARM)
      const judgement = rejectTimes(open, peer, 5)
      open.guard.leave(peer)
      return judgement
    })
    expect(judgements).toEqual(['kept', 'kept', 'kept', 'banned'])
  })

  test('is not banned for rejects that are long ago', () => {
    const open = openGuard({ ...FEW, STRATUM_BAN_HALF_LIFE_SECONDS: '60' })
    const peer = open.admit(FARM)
    for (let minute = 0; minute < 60; minute++) {
      expect(rejectTimes(open, peer, 9)).toBe('kept')
      open.clock.nowMs += 60_000
    }
  })

  test('is not banned for what is late, ours, or a wrong name', () => {
    const { guard, clock, bans, admit } = openGuard(FEW)
    const peer = admit(FARM)
    for (const reason of ['stale-share', 'job-not-found', 'pool-busy', 'unauthorized-worker'] as const) {
      for (let n = 0; n < 100; n++) expect(guard.onVerdict(peer, reason, clock.nowMs)).toBe('kept')
    }
    expect(bans.active()).toEqual([])
  })

  test('starts anew after its ban', () => {
    const open = openGuard(FEW)
    rejectTimes(open, open.admit(FARM), 20)
    open.clock.nowMs += 10 * 60_000
    expect(rejectTimes(open, open.admit(FARM), 19)).toBe('kept')
  })

  test('that is never banned loses only the connection', () => {
    const open = openGuard({ ...FEW, STRATUM_NEVER_BAN: '203.0.113.0/24' })
    expect(rejectTimes(open, open.admit(FARM), 100)).toBe('too-many-rejects')
    expect(open.bans.active()).toEqual([])
  })

  test('loses only the connection when bans are off', () => {
    const open = openGuard({ ...FEW, STRATUM_BAN_MINUTES: '0' })
    expect(rejectTimes(open, open.admit(FARM), 100)).toBe('too-many-rejects')
    expect(open.bans.active()).toEqual([])
  })
})

describe('one bad rig behind the router of good ones', () => {
  /** An hour of turns of five seconds, in each of which a good rig finds a share. How often the bad one was closed. */
  function mineAnHour({ guard, clock, admit }: OpenGuard, goodRigs: number, rejectsPerTurn: number): number {
    const farm = Array.from({ length: goodRigs }, () => admit(FARM))
    for (const rig of farm) guard.onVerdict(rig, undefined, clock.nowMs)
    let bad = admit(FARM)
    let closings = 0
    for (let turn = 0; turn < 720; turn++) {
      clock.nowMs += 5_000
      for (const rig of farm) guard.onVerdict(rig, undefined, clock.nowMs)
      for (let n = 0; n < rejectsPerTurn; n++) {
        if (guard.onVerdict(bad, 'duplicate-share', clock.nowMs) === 'kept') continue
        closings++
        guard.leave(bad)
        bad = admit(FARM)
      }
    }
    return closings
  }

  test('law: is closed again and again, and its address never banned, at two rejects a second for each good rig', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 10 }), (goodRigs, perRig) => {
        const open = openGuard()
        const rejectsPerTurn = goodRigs * perRig
        const closings = mineAnHour(open, goodRigs, rejectsPerTurn)
        expect(open.bans.active()).toEqual([])
        // At 200 rejects each, but for those that decay before they are enough.
        if (rejectsPerTurn >= 5) expect(closings).toBeGreaterThan((rejectsPerTurn * 720) / 400)
      }),
      { numRuns: 20 },
    )
  })

  test('is closed once most of what it submits itself is rejected', () => {
    const open = openGuard(FEW)
    open.guard.onVerdict(open.admit(FARM), undefined, open.clock.nowMs)
    expect(rejectTimes(open, open.admit(FARM), 19)).toBe('kept')
    expect(rejectTimes(open, open.admit(FARM), 20)).toBe('too-many-rejects')
  })

  test('is not the whole farm: a flood of rejects bans all the same', () => {
    const open = openGuard(FEW)
    open.guard.onVerdict(open.admit(FARM), undefined, open.clock.nowMs)
    const judgements: Judgement[] = []
    for (let connection = 0; connection < 11; connection++)
      judgements.push(rejectTimes(open, open.admit(FARM), 20))
    expect(judgements.slice(0, 10)).not.toContain('banned')
    // 20 * (1 + 10) rejects for one good rig.
    expect(judgements.indexOf('banned')).toBe(10)
  })

  test('loses its protection when the good ones leave', () => {
    const open = openGuard(FEW)
    const good = open.admit(FARM)
    open.guard.onVerdict(good, undefined, open.clock.nowMs)
    expect(rejectTimes(open, open.admit(FARM), 20)).toBe('too-many-rejects')
    open.guard.leave(good)
    expect(rejectTimes(open, open.admit(FARM), 20)).toBe('banned')
  })
})

describe('connections closed for a flood', () => {
  const floodAndLeave = ({ guard, clock, admit }: OpenGuard): void => {
    const peer = admit(FARM)
    guard.onFlood(peer, clock.nowMs)
    guard.leave(peer)
  }

  test('ban their address beyond the setting, within a half-life', () => {
    const open = openGuard({ STRATUM_BAN_FLOODS: '3', STRATUM_BAN_HALF_LIFE_SECONDS: '60' })
    for (let n = 0; n < 100; n++) {
      floodAndLeave(open)
      open.clock.nowMs += 20_000
    }
    expect(open.bans.active()).toEqual([])
    for (let n = 0; n < 4; n++) floodAndLeave(open)
    expect(open.bans.active()).toMatchObject([
      { address: FARM, reason: 'floods of messages that no miner sends' },
    ])
  })

  test('ban nobody when the setting is 0', () => {
    const open = openGuard({ STRATUM_BAN_FLOODS: '0' })
    for (let n = 0; n < 1_000; n++) floodAndLeave(open)
    expect(open.bans.active()).toEqual([])
  })

  test('are forgiven behind the router of a good rig, and those of a good rig itself', () => {
    const open = openGuard()
    const good = open.admit(FARM)
    open.guard.onVerdict(good, undefined, open.clock.nowMs)
    for (let n = 0; n < 100; n++) floodAndLeave(open)
    open.guard.onFlood(good, open.clock.nowMs)
    expect(open.bans.active()).toEqual([])
  })
})

describe('a connection without a single accepted share', () => {
  const judge = ({ guard, clock }: OpenGuard, peer: number, reason: 'stale-share' | 'pool-busy'): Judgement =>
    guard.onVerdict(peer, reason, clock.nowMs)

  test('is closed after a thousand rejects, whatever they are', () => {
    const open = openGuard()
    const peer = open.admit(FARM)
    for (let n = 1; n < MAX_FRUITLESS_SUBMISSIONS; n++) expect(judge(open, peer, 'stale-share')).toBe('kept')
    expect(judge(open, peer, 'stale-share')).toBe('too-many-rejects')
  })

  test('is not held to what the pool was too busy for', () => {
    const open = openGuard()
    const peer = open.admit(FARM)
    for (let n = 0; n < 2_000; n++) expect(judge(open, peer, 'pool-busy')).toBe('kept')
  })

  test('is not one whose first share was accepted, however long a tip keeps it late', () => {
    const open = openGuard()
    const peer = open.admit(FARM)
    open.guard.onVerdict(peer, undefined, open.clock.nowMs)
    for (let n = 0; n < 2_000; n++) expect(judge(open, peer, 'stale-share')).toBe('kept')
  })
})

describe('connections that never authorize', () => {
  const connectAndLeave = ({ guard, clock, admit }: OpenGuard): void => {
    const peer = admit(FARM)
    guard.onFailedHandshake(peer, clock.nowMs)
    guard.leave(peer)
  }

  test('ban nobody by default', () => {
    const open = openGuard()
    for (let n = 0; n < 10_000; n++) connectAndLeave(open)
    expect(open.bans.active()).toEqual([])
  })

  test('ban their address beyond the setting, within a half-life', () => {
    const open = openGuard({ STRATUM_BAN_FAILED_HANDSHAKES: '100', STRATUM_BAN_HALF_LIFE_SECONDS: '100' })
    for (let n = 0; n < 1_000; n++) {
      connectAndLeave(open)
      open.clock.nowMs += 1_000
    }
    expect(open.bans.active()).toEqual([])
    for (let n = 0; n < 101; n++) connectAndLeave(open)
    expect(open.bans.active()).toMatchObject([{ address: FARM, reason: 'connections that never authorize' }])
  })

  test('are forgiven behind the router of a good rig', () => {
    const open = openGuard({ STRATUM_BAN_FAILED_HANDSHAKES: '10' })
    open.guard.onVerdict(open.admit(FARM), undefined, open.clock.nowMs)
    for (let n = 0; n < 100; n++) connectAndLeave(open)
    expect(open.bans.active()).toEqual([])
  })
})
