import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GrantMemo } from '../../src/stratum/v1/grant.js'
import { GrantHistory, MAX_GRANTS_PER_SESSION } from '../../src/stratum/v1/grant-history.js'

const memo = new GrantMemo()
const E1 = Uint8Array.of(0, 0, 0, 1)

/** Notifies as a session sends them: positions that only grow, each with a difficulty. */
const notifies = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.constantFrom(1, 2, 4)), {
    minLength: 1,
    maxLength: 60,
  })
  .map((steps) => {
    let position = 0
    return steps.map(([step, difficulty]) => ({ position: (position += step), difficulty }))
  })

describe('what a session was promised', () => {
  test('is for each notify what went out with it, whatever came after', () => {
    fc.assert(
      fc.property(notifies, (sent) => {
        const history = new GrantHistory()
        for (const { position, difficulty } of sent) history.extend(position, memo.of(difficulty, 0, 750), E1)
        const oldest = history.entries[0]!.fromPosition
        for (const { position, difficulty } of sent) {
          if (position < oldest) expect(history.at(position)).toBeUndefined()
          else expect(history.at(position)!.grant.difficulty).toBe(difficulty)
        }
      }),
    )
  })

  test('never changes for a position once a notify beyond it is out', () => {
    fc.assert(
      fc.property(notifies, fc.nat({ max: 20_000 }), (sent, position) => {
        const history = new GrantHistory()
        let promised: number | undefined
        for (const { position: next, difficulty } of sent) {
          history.extend(next, memo.of(difficulty, 0, 750), E1)
          const now = history.at(position)?.grant.difficulty
          if (promised !== undefined && now !== undefined) expect(now).toBe(promised)
          if (position <= next) promised ??= now
        }
      }),
    )
  })

  test('is nothing before the first notify and beyond the last', () => {
    const history = new GrantHistory()
    expect(history.at(0)).toBeUndefined()
    history.extend(512, memo.of(1, 0, 750), E1)
    expect(history.at(511)).toBeUndefined()
    expect(history.at(512)).toBeDefined()
    expect(history.at(513)).toBeUndefined()
  })

  test('takes room only where it changes, and never more than its bound', () => {
    const history = new GrantHistory()
    for (let position = 0; position < 1000; position++) history.extend(position, memo.of(1, 0, 750), E1)
    expect(history.entries).toHaveLength(1)
    history.extend(1000, new GrantMemo().of(1, 0, 750), E1)
    expect(history.entries).toHaveLength(1)
    history.extend(1000, memo.of(1, 0, 500), E1)
    expect(history.at(1000)!.grant.maxCoinbaseBytes).toBe(500)
    expect(history.entries).toHaveLength(2)
    for (let change = 0; change < 100; change++)
      history.extend(1000 + change, memo.of(2 + change, 0, 750), E1)
    expect(history.entries).toHaveLength(MAX_GRANTS_PER_SESSION)
  })

  test('is restored as it was', () => {
    const history = new GrantHistory()
    for (const [position, difficulty] of [
      [256, 1],
      [300, 2],
      [512, 3],
    ] as const)
      history.extend(position, memo.of(difficulty, 0, 750), E1)
    const restored = new GrantHistory()
    restored.restore(history.entries, history.lastPosition)
    for (let position = 200; position < 600; position++) {
      expect(restored.at(position)).toEqual(history.at(position))
    }
  })
})
