import { describe, expect, it } from 'vitest'
import { reachOfRecord, type RecordFacts } from '../../src/measure/record'

const NOW_MS = 1_800_000_000_000
const MINUTE_MS = 60_000

function facts(changes: Partial<RecordFacts>): RecordFacts {
  return {
    nowMs: NOW_MS,
    firstShareAtMs: NOW_MS - 60 * MINUTE_MS,
    journalEndMs: NOW_MS - 1_000,
    rollupEndMs: NOW_MS - 1_000,
    isRolledUp: true,
    sharesSeenAtMs: NOW_MS - 500,
    ...changes,
  }
}

describe('reachOfRecord', () => {
  it('is empty before the first share', () => {
    const nothing = { firstShareAtMs: undefined, journalEndMs: undefined, rollupEndMs: undefined }
    expect(reachOfRecord(facts(nothing)).state).toBe('empty')
  })

  it('reaches the present when everything that arrived is summed up', () => {
    expect(reachOfRecord(facts({}))).toEqual({ state: 'current', untilMs: NOW_MS })
  })

  it('counts silence of the miners as time in which nothing came', () => {
    const quiet = { journalEndMs: NOW_MS - 30 * MINUTE_MS, sharesSeenAtMs: NOW_MS - 30 * MINUTE_MS }
    expect(reachOfRecord(facts(quiet))).toEqual({ state: 'current', untilMs: NOW_MS })
    expect(reachOfRecord(facts({ ...quiet, sharesSeenAtMs: undefined })).untilMs).toBe(NOW_MS)
  })

  it('does not count silence of the shipper so', () => {
    const journalEndMs = NOW_MS - 30 * MINUTE_MS
    expect(reachOfRecord(facts({ journalEndMs }))).toEqual({ state: 'journal-behind', untilMs: journalEndMs })
  })

  it('ends where the rollups end', () => {
    const rollupEndMs = NOW_MS - 10_000
    expect(reachOfRecord(facts({ isRolledUp: false, rollupEndMs }))).toEqual({
      state: 'current',
      untilMs: rollupEndMs,
    })
    const far = { isRolledUp: false, rollupEndMs: NOW_MS - 20 * MINUTE_MS }
    expect(reachOfRecord(facts(far))).toEqual({ state: 'rollups-behind', untilMs: far.rollupEndMs })
  })

  it('knows nothing but the start while nothing is summed up', () => {
    const none = { isRolledUp: false, rollupEndMs: undefined }
    expect(reachOfRecord(facts(none)).untilMs).toBe(NOW_MS - 60 * MINUTE_MS)
  })
})
