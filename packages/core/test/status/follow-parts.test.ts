import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { followParts, INCIDENT_HOLD_MS, type PartRecord } from '../../src/status/follow-parts.js'
import { PART_STATES, PARTS, type PartFinding, type PartState } from '../../src/status/part.js'

const found = (state: PartState, text = state === 'up' ? '' : `is ${state}`): PartFinding => ({
  part: 'nodes',
  state,
  text,
})
const record = (state: PartState, sinceMs: number, hasIncident = false): PartRecord => ({
  ...found(state),
  sinceMs,
  hasIncident,
})

function follow(before: PartRecord | undefined, state: PartState, nowMs: number, wasWatched = true) {
  return followParts(before === undefined ? [] : [before], [found(state)], { nowMs, wasWatched })
}

describe('a part', () => {
  it('that is wrong for a moment has no incident', () => {
    const { records, opened } = follow(record('up', 0), 'down', 1_000)
    expect(opened).toEqual([])
    expect(follow(records[0], 'up', 1_000 + INCIDENT_HOLD_MS).closed).toEqual([])
  })

  it('that stays wrong has one, from its beginning', () => {
    const { records } = follow(record('up', 0), 'down', 1_000)
    const { opened, records: later } = follow(records[0], 'down', 1_000 + INCIDENT_HOLD_MS)
    expect(opened).toEqual([{ part: 'nodes', kind: 'down', text: 'is down', atMs: 1_000 }])
    expect(follow(later[0], 'down', 10_000_000).opened).toEqual([])
  })

  it('that is well again, worse or out of sight ends it, and says how', () => {
    const open = record('degraded', 0, true)
    const endedBy = (state: PartState, wasWatched = true) =>
      follow(open, state, 60_000, wasWatched).closed.map(({ ended }) => ended)
    expect(endedBy('up')).toEqual(['all is well again'])
    expect(endedBy('up', false)).toEqual(['well when somebody looked again'])
    expect(endedBy('down')).toEqual(['it got worse: is down'])
    expect(endedBy('unknown')).toEqual(['is unknown'])
    expect(endedBy('degraded')).toEqual([])
  })

  it('does not claim to have been well while nobody looked, and not to have been mended either', () => {
    expect(follow(record('up', 5), 'up', 9_000, false).records[0]).toMatchObject({ sinceMs: 9_000 })
    expect(follow(record('down', 5, true), 'down', 9_000, false).records[0]).toMatchObject({ sinceMs: 5 })
  })

  it('that the pool gives up ends what was wrong with it', () => {
    const { closed, records } = followParts([record('down', 0, true)], [], { nowMs: 9, wasWatched: true })
    expect(records).toEqual([])
    expect(closed).toEqual([{ part: 'nodes', ended: 'the pool does without it now', atMs: 9 }])
  })
})

it('incidents of a part never overlap, and the same look again changes nothing', () => {
  const looks = fc.array(
    fc.record({
      state: fc.constantFrom(...PART_STATES),
      afterMs: fc.integer({ min: 1, max: 60_000 }),
      wasWatched: fc.boolean(),
      part: fc.constantFrom(...PARTS.slice(0, 2)),
    }),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(looks, (steps) => {
      let records: readonly PartRecord[] = []
      let nowMs = 0
      const open = new Map<string, number>()
      const endedAtMs = new Map<string, number>()
      for (const { state, afterMs, wasWatched, part } of steps) {
        nowMs += afterMs
        const others = records.filter((each) => each.part !== part)
        const findings = [...others, { part, state, text: state }]
        const followed = followParts(records, findings, { nowMs, wasWatched })
        for (const { part: of, atMs } of followed.closed) {
          expect(open.delete(of)).toBe(true)
          endedAtMs.set(of, atMs)
        }
        for (const { part: of, atMs } of followed.opened) {
          expect(open.has(of)).toBe(false)
          expect(atMs).toBeGreaterThanOrEqual(endedAtMs.get(of) ?? 0)
          open.set(of, atMs)
        }
        const again = followParts(followed.records, findings, { nowMs, wasWatched: true })
        expect([again.opened, again.closed]).toEqual([[], []])
        records = followed.records
        for (const each of records) expect(each.hasIncident).toBe(open.has(each.part))
      }
    }),
  )
})
