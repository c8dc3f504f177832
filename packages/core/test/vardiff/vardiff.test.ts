import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { difficultyOf } from '../../src/vardiff/guessed-range.js'
import { seededRandom } from '../../src/seeded-random.js'
import { SimulatedMiner } from '../../src/vardiff/simulated-miner.js'
import { Vardiff, type VardiffOptions } from '../../src/vardiff/vardiff.js'

const OPTIONS: VardiffOptions = {
  sharesPerMinute: 12,
  minDifficulty: 1e-9,
  maxDifficulty: 2 ** 53,
  startDifficulty: 1024,
}
const MEAN_GAP_MS = 60_000 / OPTIONS.sharesPerMinute
const BOUNDED = { ...OPTIONS, minDifficulty: 0.37, startDifficulty: 5.5, maxDifficulty: 777_777 }

/** Shares as they are due, which leaves a vardiff where it is. Returns when the last came. */
function mineSteadily(vardiff: Vardiff, fromMs: number, count: number): number {
  const { difficulty } = vardiff
  for (let share = 1; share <= count; share++) {
    expect(vardiff.onShare(fromMs + share * MEAN_GAP_MS, difficulty)).toBeUndefined()
  }
  return fromMs + count * MEAN_GAP_MS
}

/** Every change in `minutes` of silence, asked once a second. */
function changesOfSilence(vardiff: Vardiff, fromMs: number, minutes: number): number[] {
  const changes: number[] = []
  for (let atMs = fromMs; atMs <= fromMs + minutes * 60_000; atMs += 1_000) {
    const difficulty = vardiff.onIdle(atMs)
    if (difficulty !== undefined) changes.push(difficulty)
  }
  return changes
}

describe('a burst', () => {
  it('in one packet is no rate: the rise waits for a second of it', () => {
    const vardiff = new Vardiff(OPTIONS, 0)
    for (let share = 0; share < 500; share++) expect(vardiff.onShare(1 + share / 100, 1024)).toBeUndefined()
    let changed: number | undefined
    for (let atMs = 61; changed === undefined && atMs < 3_000; atMs += 10) {
      changed = vardiff.onShare(atMs, 1024)
    }
    // 100 shares a second are 500 times the wanted ones.
    expect(changed).toBeGreaterThan(1024 * 450)
    expect(changed).toBeLessThan(1024 * 550)
  })

  it('that does not end is stopped after a thousand shares, and once', () => {
    const vardiff = new Vardiff(OPTIONS, 0)
    let changes = 0
    vardiff.onShare(1, 1024)
    for (let share = 0; share < 10_000; share++) {
      if (vardiff.onShare(60 + share / 100, 1024) === undefined) continue
      changes++
      expect(share).toBe(1023)
    }
    expect(changes).toBe(1)
  })

  it('of shares that were found during a stall is no rate either', () => {
    const vardiff = new Vardiff(OPTIONS, 0)
    const stalledMs = mineSteadily(vardiff, 0, 200)
    const backMs = stalledMs + 10 * MEAN_GAP_MS
    expect(changesOfSilence(vardiff, stalledMs, 0.8)).toEqual([])
    for (let share = 0; share < 10; share++) expect(vardiff.onShare(backMs, 1024)).toBeUndefined()
    mineSteadily(vardiff, backMs, 200)
  })

  it('of old shares after a fall changes nothing', () => {
    const vardiff = new Vardiff(OPTIONS, 0)
    const stalledMs = mineSteadily(vardiff, 0, 200)
    expect(changesOfSilence(vardiff, stalledMs, 1.5)).toEqual([32])
    for (let share = 0; share < 2_000; share++) {
      expect(vardiff.onShare(stalledMs + 90_000 + share, 1024)).toBeUndefined()
    }
  })
})

describe('silence', () => {
  it('of a session that was never heard brings it to an ESP32 in two falls', () => {
    const slowest = difficultyOf(50_000, OPTIONS.sharesPerMinute)
    const [first, second] = changesOfSilence(new Vardiff(OPTIONS, 0), 0, 2)
    expect(first! / Math.sqrt(1024 * slowest)).toBeCloseTo(1, 1)
    expect(second).toBeCloseTo(slowest, 6)
  })

  it('goes on to the minimum, for whoever is slower still', () => {
    const changes = changesOfSilence(new Vardiff(OPTIONS, 0), 0, 60)
    expect(changes.at(-1)).toBe(1e-9)
    const [first, ...more] = changesOfSilence(new Vardiff({ ...OPTIONS, minDifficulty: 7 }, 0), 0, 60)
    expect([first, more]).toEqual([7, []])
  })

  it('of a running miner is judged more patiently than that of a new one', () => {
    const fresh = new Vardiff(OPTIONS, 0)
    expect(fresh.onIdle(8 * MEAN_GAP_MS - 1)).toBeUndefined()
    expect(fresh.onIdle(8 * MEAN_GAP_MS)).toBeLessThan(1)
    const running = new Vardiff(OPTIONS, 0)
    const lastMs = mineSteadily(running, 0, 200)
    expect(running.onIdle(lastMs + 15.9 * MEAN_GAP_MS)).toBeUndefined()
    expect(running.onIdle(lastMs + 16 * MEAN_GAP_MS)).toBe(32)
  })
})

/** Anything that can happen to a session. */
const anyEvents = fc.array(
  fc.record({
    gapMs: fc.oneof(fc.double({ min: 0, max: 60, noNaN: true }), fc.integer({ min: -1000, max: 300_000 })),
    kind: fc.constantFrom('share', 'share', 'old', 'idle', 'suggest', 'minimum', 'fix', 'resume'),
    value: fc.double({ min: -12, max: 20, noNaN: true }).map((exponent) => 10 ** exponent),
  }),
  { maxLength: 400 },
)
type Event = typeof anyEvents extends fc.Arbitrary<(infer T)[]> ? T : never

function apply(vardiff: Vardiff, event: Event, nowMs: number): number | undefined {
  switch (event.kind) {
    case 'share':
      return vardiff.onShare(nowMs, vardiff.difficulty)
    case 'old':
      return vardiff.onShare(nowMs, event.value)
    case 'suggest':
      return vardiff.onSuggestion(nowMs, event.value)
    case 'minimum':
      return vardiff.onMinimum(nowMs, event.value)
    case 'fix':
      return vardiff.onFixed(nowMs, event.value)
    case 'resume':
      return vardiff.onResume(nowMs, event.value)
    default:
      return vardiff.onIdle(nowMs)
  }
}

describe('whatever happens', () => {
  it('bounds and floors hold, and a returned difficulty is always a new one', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const vardiff = new Vardiff(BOUNDED, 0)
        let nowMs = 0
        let floor = BOUNDED.minDifficulty
        for (const event of events) {
          nowMs += event.gapMs
          const before = vardiff.difficulty
          const changed = apply(vardiff, event, nowMs)
          if (event.kind === 'minimum') floor = Math.max(floor, Math.min(event.value, BOUNDED.maxDifficulty))
          expect(vardiff.difficulty).toBe(changed ?? before)
          expect(changed).not.toBe(before)
          expect(vardiff.difficulty).toBeGreaterThanOrEqual(floor)
          expect(vardiff.difficulty).toBeLessThanOrEqual(BOUNDED.maxDifficulty)
        }
      }),
    )
  })

  it('a fixed port stays where it starts', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const vardiff = new Vardiff({ ...OPTIONS, isFixed: true }, 0)
        let nowMs = 0
        for (const event of events) expect(apply(vardiff, event, (nowMs += event.gapMs))).toBeUndefined()
        expect(vardiff.difficulty).toBe(1024)
      }),
    )
  })

  it('a session with a fixed difficulty moves only for a floor, or another fixed one', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const vardiff = new Vardiff(OPTIONS, 0)
        vardiff.onFixed(0, 4321)
        let nowMs = 0
        for (const event of events) {
          nowMs += event.gapMs
          const changed = apply(vardiff, event, nowMs)
          if (event.kind !== 'fix' && event.kind !== 'minimum') expect(changed).toBeUndefined()
        }
      }),
    )
  })

  it('a clock that is set back only restarts the evidence', () => {
    const random = seededRandom(5)
    const options = { ...OPTIONS, startDifficulty: 1e6 }
    const hashrate = () => 1e14
    const connection = { roundTripMs: 50, maxSharesPerSecond: 1_000, packetMs: 0, random }
    const miner = new SimulatedMiner(options, { ...connection, hashrate })
    miner.runUntil(3_600_000)
    const settled = miner.vardiff.difficulty
    const atMs = mineSteadily(miner.vardiff, -1e9, 300)
    expect(miner.vardiff.onIdle(atMs - 1e9)).toBeUndefined()
    mineSteadily(miner.vardiff, atMs - 2e9, 300)
    expect(miner.vardiff.difficulty).toBe(settled)
  })
})

describe('what a miner asks for', () => {
  it('is where it starts, within the bounds', () => {
    const vardiff = new Vardiff({ ...OPTIONS, minDifficulty: 1, maxDifficulty: 1e6 }, 0)
    expect(vardiff.onSuggestion(0, 0.00015)).toBe(1)
    expect(vardiff.onSuggestion(0, 1e12)).toBe(1e6)
    expect(vardiff.onSuggestion(0, 5000)).toBe(5000)
  })

  it('means nothing when it is repeated, or once there is evidence', () => {
    const vardiff = new Vardiff(OPTIONS, 0)
    expect(vardiff.onSuggestion(0, 500)).toBe(500)
    const fallen = vardiff.onIdle(8 * MEAN_GAP_MS)
    expect(fallen).toBeLessThan(500)
    expect(vardiff.onSuggestion(8 * MEAN_GAP_MS, 500)).toBeUndefined()
    vardiff.onShare(8 * MEAN_GAP_MS, fallen!)
    expect(vardiff.onSuggestion(8 * MEAN_GAP_MS, 300)).toBeUndefined()
    expect(vardiff.difficulty).toBe(fallen)
  })

  it('as a minimum is never fallen below, and the highest holds', () => {
    const vardiff = new Vardiff({ ...OPTIONS, maxDifficulty: 3000 }, 0)
    expect(vardiff.onMinimum(0, 500)).toBeUndefined()
    expect(vardiff.onMinimum(0, 2000)).toBe(2000)
    expect(vardiff.onMinimum(0, 1500)).toBeUndefined()
    expect(changesOfSilence(vardiff, 0, 60)).toEqual([])
    expect(vardiff.onMinimum(0, 1e9)).toBe(3000)
  })

  it('as a fixed difficulty is kept to the digit, within the bounds and its floor', () => {
    const vardiff = new Vardiff({ ...OPTIONS, minDifficulty: 1, maxDifficulty: 1e6 }, 0)
    expect(vardiff.onFixed(0, 123_456.789)).toBe(123_456.789)
    expect(changesOfSilence(vardiff, 0, 60)).toEqual([])
    expect(vardiff.onSuggestion(0, 7)).toBeUndefined()
    expect(vardiff.onFixed(0, 0.1)).toBe(1)
    expect(vardiff.onMinimum(0, 50)).toBe(50)
    expect(vardiff.onFixed(0, 20)).toBeUndefined()
    expect(vardiff.onFixed(0, 1e9)).toBe(1e6)
  })
})

describe('a session that is resumed', () => {
  it('begins where it ended, to the digit, and counts as heard', () => {
    const vardiff = new Vardiff(OPTIONS, 0)
    expect(vardiff.onResume(0, 98_765.4)).toBe(98_765.4)
    expect(vardiff.onSuggestion(0, 5)).toBeUndefined()
    expect(vardiff.onIdle(13 * MEAN_GAP_MS)).toBeUndefined()
    expect(vardiff.onIdle(14 * MEAN_GAP_MS)).toBeDefined()
  })

  it('keeps to the bounds of the port it comes back to', () => {
    expect(new Vardiff(BOUNDED, 0).onResume(0, 1e9)).toBe(777_777)
    expect(new Vardiff({ ...OPTIONS, isFixed: true }, 0).onResume(0, 5)).toBeUndefined()
    expect(new Vardiff(OPTIONS, 0).onResume(0, 1024)).toBeUndefined()
  })
})
