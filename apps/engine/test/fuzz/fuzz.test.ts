import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { budgetOf, TIMEOUT_MS } from './budget.js'
import { play } from './play.js'
import { playVisits, visits } from './play-visits.js'
import { DIETS, HOMECOMINGS, HONEST } from './saying.js'
import { storyOf, storyOfDisk } from './step.js'

const RUNS_EACH = 30
/** Each with more to it than those. */
const RUNS_OF_SETTING = 12

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

  test('several processes', { timeout: TIMEOUT_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(storyOf(HOMECOMINGS), async (story) => {
        expect(await play(story, intervals, { processes: 2, hasFailingDisk: false })).toEqual([])
      }),
      budgetOf(RUNS_OF_SETTING),
    )
  })

  test('PROXY headers', { timeout: TIMEOUT_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(visits, async (story) => {
        expect(await playVisits(story)).toEqual([])
      }),
      budgetOf(RUNS_OF_SETTING),
    )
  })

  test('a disk that fails', { timeout: TIMEOUT_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(storyOfDisk(HONEST), async (story) => {
        expect(await play(story, intervals, { processes: 1, hasFailingDisk: true })).toEqual([])
      }),
      budgetOf(RUNS_OF_SETTING),
    )
  })
})
