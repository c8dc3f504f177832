import { recordLook } from '@headframe/db/status/record-look'
import type { PartState } from '@headframe/core/status/part'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../support/test-api'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Noon of a day that is over. */
const NOON = Math.floor(Date.now() / DAY) * DAY - DAY / 2

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

/** The settle of this test looks at one part. */
function look(state: PartState, atMs: number): Promise<void> {
  const findings = [{ part: 'nodes', state, text: state === 'up' ? '' : `is ${state}` } as const]
  return recordLook(api.database, { atMs, sinceMs: atMs, findings })
}
const readAt = (nowMs: number) => api.call({ nowMs: () => nowMs }).pool.parts()

it('says that nobody has looked, while nobody has', async () => {
  expect(await readAt(NOON)).toMatchObject({ isWatched: false, parts: [], incidents: [] })
})

it('tells the state of a part, since when, its days and its incidents', async () => {
  for (let atMs = NOON - HOUR; atMs <= NOON; atMs += MINUTE)
    await look(atMs >= NOON - 30 * MINUTE && atMs < NOON - 20 * MINUTE ? 'down' : 'up', atMs)
  const answer = await readAt(NOON)
  expect(answer).toMatchObject({ isWatched: true, lookedAtMs: NOON, isCut: false })
  const [nodes] = answer.parts
  expect(nodes).toMatchObject({ part: 'nodes', state: 'up', text: '', sinceMs: NOON - 20 * MINUTE })
  expect(nodes!.days).toHaveLength(90)
  expect(nodes!.days.at(-1)).toMatchObject({
    wellMs: 50 * MINUTE,
    downMs: 10 * MINUTE,
    unknownMs: 11 * HOUR,
  })
  expect(nodes!.uptime).toBeCloseTo(5 / 6)
  expect(answer.incidents).toEqual([
    {
      part: 'nodes',
      kind: 'down',
      text: 'is down',
      openedAtMs: NOON - 30 * MINUTE,
      closedAtMs: NOON - 20 * MINUTE,
      ended: 'all is well again',
    },
  ])
})

it('takes silence of settle for what it is: nobody knows', async () => {
  const { isWatched, parts } = await readAt(NOON + HOUR)
  expect(isWatched).toBe(false)
  expect(parts[0]).toMatchObject({ state: 'unknown', sinceMs: NOON, text: 'settle does not look' })
  expect(parts[0]!.days.at(-1)).toMatchObject({ wellMs: 50 * MINUTE, unknownMs: 12 * HOUR })
})
