import { describe, expect, test } from 'vitest'
import { TURN_MS, Turns } from '../../src/stratum/turns.js'

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A clock that moves when it is told to. */
function openTurns(): { readonly turns: Turns; readonly clock: { nowMs: number } } {
  const clock = { nowMs: 0 }
  return { turns: new Turns(() => clock.nowMs), clock }
}

describe('a turn of the event loop', () => {
  test('gives everybody the same until it is used up, then a line to who works and none to others', () => {
    const { turns, clock } = openTurns()
    const full = turns.allow(false)
    expect(full).toBeGreaterThan(1)
    expect(turns.allow(true)).toBe(full)
    clock.nowMs += TURN_MS
    expect(turns.allow(true)).toBe(1)
    expect(turns.allow(false)).toBe(0)
  })

  test('begins anew', async () => {
    const { turns, clock } = openTurns()
    const full = turns.allow(false)
    clock.nowMs += TURN_MS
    expect(turns.allow(false)).toBe(0)
    await nextTurn()
    expect(turns.allow(false)).toBe(full)
  })

  test('serves who waits in their order, as many as fit, each once', async () => {
    const { turns, clock } = openTurns()
    const served: number[] = []
    for (let number = 0; number < 10; number++) {
      turns.later({
        readOn: () => {
          served.push(number)
          clock.nowMs += 0.4 * TURN_MS
        },
      })
    }
    await nextTurn()
    expect(served).toEqual([0, 1, 2])
    await nextTurn()
    expect(served).toEqual([0, 1, 2, 3, 4, 5])
    while (turns.waitingCount > 0) await nextTurn()
    expect(served).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('puts who has still more behind all others', async () => {
    const { turns, clock } = openTurns()
    const served: string[] = []
    const greedy = {
      readOn: () => {
        served.push('greedy')
        clock.nowMs += TURN_MS
        if (served.length < 6) turns.later(greedy)
      },
    }
    turns.later(greedy)
    turns.later({ readOn: () => served.push('modest') })
    while (turns.waitingCount > 0) await nextTurn()
    expect(served.slice(0, 3)).toEqual(['greedy', 'modest', 'greedy'])
  })
})
