import fc from 'fast-check'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { Extranonce1Allocator } from '../../src/sessions/extranonce1-allocator.js'
import {
  makeExtranonce1,
  numberOf,
  NUMBERS_PER_PREFIX,
  PREFIX_COUNT,
  prefixOf,
  prefixOfSessionId,
  QUARANTINE_MS,
} from '../../src/sessions/extranonce1.js'
import { MemoryStore } from './memory-store.js'

const log = pino({ level: 'silent' })
const START_MS = 1_800_000_000_000
const PREFIX = 0xabc
const open = (store: MemoryStore, nowMs = START_MS): Extranonce1Allocator =>
  new Extranonce1Allocator({ prefix: PREFIX, nowMs }, { store, log })

describe('the form of extranonce1', () => {
  test('holds prefix and number, and begins a session id', () => {
    const prefixes = fc.nat(PREFIX_COUNT - 1)
    fc.assert(
      fc.property(prefixes, fc.nat(NUMBERS_PER_PREFIX - 1), (prefix, number) => {
        const extranonce1 = makeExtranonce1(prefix, number)
        expect(Buffer.from(extranonce1).readUInt32BE()).toBe(prefix * NUMBERS_PER_PREFIX + number)
        expect([prefixOf(extranonce1), numberOf(extranonce1)]).toEqual([prefix, number])
        const sessionId = `${Buffer.from(extranonce1).toString('hex')}0123456789abcdef`
        expect(prefixOfSessionId(sessionId)).toBe(prefix)
      }),
    )
  })

  test.each(['', 'abc', `ABC${'0'.repeat(21)}`, '0'.repeat(23), '0'.repeat(25), `${'0'.repeat(23)}g`])(
    'is not seen in %j',
    (text) => expect(prefixOfSessionId(text)).toBeUndefined(),
  )
})

const SIZE = 32
const BLOCK = 8
const STEP = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constant('take' as const) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('release' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('discard' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('retake' as const), which: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('pass' as const), ms: fc.nat(QUARANTINE_MS) }) },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('pass' as const), ms: fc.constantFrom(1, 999, 1_000) }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('kill' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('cut power' as const), survivors: fc.nat(15) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('close' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('break or mend the disk' as const) }) },
)

/** What is true of the numbers: who holds one, and until when somebody did. */
class Truth {
  readonly held = new Set<number>()
  readonly heldUntilMs = new Map<number, number>()

  take(number: number, nowMs: number): void {
    expect(this.held.has(number)).toBe(false)
    const untilMs = this.heldUntilMs.get(number)
    if (untilMs !== undefined) expect(nowMs - untilMs).toBeGreaterThanOrEqual(QUARANTINE_MS)
    this.held.add(number)
  }

  release(number: number, nowMs: number): void {
    this.held.delete(number)
    this.heldUntilMs.set(number, nowMs)
  }

  releaseAll(nowMs: number): void {
    for (const number of [...this.held]) this.release(number, nowMs)
  }
}

/** Runs the steps and holds every answer against the truth; returns how often something was taken. */
function run(steps: readonly (typeof STEP extends fc.Arbitrary<infer T> ? T : never)[]): number {
  let store = new MemoryStore(SIZE, BLOCK)
  let nowMs = START_MS
  let allocator = open(store, nowMs)
  const truth = new Truth()
  let count = 0
  const restart = (next: MemoryStore): void => {
    truth.releaseAll(nowMs)
    store = next
    allocator = open(store, nowMs)
  }
  const pick = (numbers: Iterable<number>, which: number): number | undefined => {
    const all = [...numbers]
    return all[which % all.length]
  }
  for (const step of steps) {
    if (step.act === 'pass') nowMs += step.ms
    else if (step.act === 'take') {
      const taken = allocator.take(nowMs)
      if (taken !== undefined) truth.take(numberOf(taken), nowMs)
      if (taken !== undefined) count++
    } else if (step.act === 'release' || step.act === 'discard') {
      const number = pick(truth.held, step.which)
      if (number === undefined) continue
      if (step.act === 'release') {
        allocator.release(makeExtranonce1(PREFIX, number), nowMs)
        truth.release(number, nowMs)
      } else {
        allocator.discard(makeExtranonce1(PREFIX, number), nowMs)
        truth.held.delete(number)
      }
    } else if (step.act === 'retake') {
      const number = pick(truth.heldUntilMs.keys(), step.which)
      if (number === undefined || !allocator.retake(makeExtranonce1(PREFIX, number))) continue
      expect(truth.held.has(number)).toBe(false)
      truth.held.add(number)
    } else if (step.act === 'kill') restart(store.afterKill())
    else if (step.act === 'cut power')
      restart(store.afterPowerCut((block) => (step.survivors >> block) % 2 === 1))
    else if (step.act === 'close') {
      for (const number of truth.held) allocator.release(makeExtranonce1(PREFIX, number), nowMs)
      allocator.close()
      restart(store.afterKill())
    } else store.isBroken = !store.isBroken
  }
  return count
}

describe('numbers', () => {
  const steps = fc.array(STEP, { minLength: 10, maxLength: 150 })
  const withoutPowerCut = steps.map((all) => all.filter(({ act }) => act !== 'cut power'))
  const withoutRetake = steps.map((all) => all.filter(({ act }) => act !== 'retake'))

  test('are held by one session and rest before the next, whatever happens and is killed', () => {
    let count = 0
    fc.assert(
      fc.property(withoutPowerCut, (some) => void (count += run(some))),
      { numRuns: 1_000 },
    )
    expect(count).toBeGreaterThan(1_000)
  })

  test('are so also over a loss of power', () => {
    fc.assert(
      fc.property(withoutRetake, (some) => void run(some)),
      { numRuns: 1_000 },
    )
  })

  test('are all given, in turn, and then none until one has rested', () => {
    const store = new MemoryStore(SIZE, BLOCK)
    const allocator = open(store)
    const take = (nowMs: number): number | undefined => {
      const taken = allocator.take(nowMs)
      return taken && numberOf(taken)
    }
    expect(Array.from({ length: SIZE }, () => take(START_MS))).toEqual(
      Array.from({ length: SIZE }, (_, i) => i),
    )
    expect(take(START_MS)).toBeUndefined()
    allocator.release(makeExtranonce1(PREFIX, 9), START_MS + 500)
    expect(take(START_MS + 500)).toBeUndefined()
    expect(take(START_MS + QUARANTINE_MS + 499)).toBeUndefined()
    expect(take(START_MS + QUARANTINE_MS + 1_000)).toBe(9)
    allocator.discard(makeExtranonce1(PREFIX, 30), START_MS)
    expect(take(START_MS + QUARANTINE_MS + 1_000)).toBe(30)
  })

  test('that were released long before a restart can be had at once after it', () => {
    const store = new MemoryStore(SIZE, BLOCK)
    const allocator = open(store)
    const held = Array.from({ length: SIZE }, () => allocator.take(START_MS)!)
    for (const extranonce1 of held) allocator.release(extranonce1, START_MS)
    const laterMs = START_MS + QUARANTINE_MS
    for (let count = 0; count <= BLOCK; count++) allocator.take(laterMs)
    const next = open(store.afterKill(), laterMs)
    let count = 0
    while (next.take(laterMs) !== undefined) count++
    // All but the two blocks that were reserved in the end.
    expect(count).toBe(SIZE - 2 * BLOCK)
  })

  test('of others, unknown or in use are not retaken, and releasing twice does no harm', () => {
    const allocator = open(new MemoryStore(SIZE, BLOCK))
    const mine = allocator.take(START_MS)!
    expect(allocator.retake(mine)).toBe(false)
    expect(allocator.retake(makeExtranonce1(PREFIX, SIZE - 1))).toBe(false)
    allocator.release(mine, START_MS)
    allocator.release(mine, START_MS + QUARANTINE_MS)
    expect(allocator.retake(makeExtranonce1(PREFIX - 1, numberOf(mine)))).toBe(false)
    expect(allocator.retake(mine)).toBe(true)
    expect(allocator.retake(mine)).toBe(false)
  })

  test('that were retaken just before a kill rest from the kill on', () => {
    const store = new MemoryStore(SIZE, BLOCK)
    const allocator = open(store)
    const mine = allocator.take(START_MS)!
    allocator.release(mine, START_MS)
    // Saves the release with the next reservation.
    for (let count = 0; count < BLOCK; count++) allocator.take(START_MS)
    expect(allocator.retake(mine)).toBe(true)
    const killedMs = START_MS + QUARANTINE_MS / 2
    const next = open(store.afterKill(), killedMs)
    const given = new Set<number>()
    for (let taken; (taken = next.take(killedMs + QUARANTINE_MS / 2)) !== undefined;)
      given.add(numberOf(taken))
    expect(given.size).toBeGreaterThan(0)
    expect(given.has(numberOf(mine))).toBe(false)
  })

  test('are not given while the disk does not know of them', () => {
    const store = new MemoryStore(SIZE, BLOCK)
    const lines: string[] = []
    const loud = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
    const allocator = new Extranonce1Allocator({ prefix: PREFIX, nowMs: START_MS }, { store, log: loud })
    store.isBroken = true
    expect(allocator.take(START_MS)).toBeUndefined()
    expect(allocator.take(START_MS + 2_000)).toBeUndefined()
    expect(lines.length).toBe(1)
    store.isBroken = false
    expect(numberOf(allocator.take(START_MS + 4_000)!)).toBe(0)
  })
})
