import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { budgetOf, TIMEOUT_MS } from './budget.js'
import { play } from './play.js'
import { DIETS } from './saying.js'
import { storyOf } from './step.js'

const RUNS_EACH = 30

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterEach(() => void vi.useRealTimers())

describe('whatever three clients do to a pool, the laws of the protocol hold and a fourth loses nothing:', () => {
  const intervals = { advance: (ms: number) => void vi.advanceTimersByTime(ms) }

  test.each(DIETS)('%s', { timeout: TIMEOUT_MS }, async (_name, saying) => {
    await fc.assert(
      fc.asyncProperty(storyOf(saying), async (story) => {
        expect(await play(story, intervals)).toEqual([])
      }),
      budgetOf(RUNS_EACH),
    )
  })
})
