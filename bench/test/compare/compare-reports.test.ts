import { describe, expect, it } from 'vitest'
import { compareRuns, type Run } from '../../src/compare/compare-reports.js'

const time = (median: number | null): Run => [{ benchmark: 'b', what: 'time', unit: 'ms', median }]
const rate = (median: number): Run => [
  { benchmark: 'b', what: 'rate', unit: 'shares/s', median, isMoreBetter: true },
]

describe('a comparison', () => {
  it('pairs the rounds, and is sure only when all agree', () => {
    const [sure] = compareRuns([time(10), time(20), time(30)], [time(5), time(15), time(24)])
    expect(sure).toMatchObject({ before: 20, after: 15, change: 'better' })
    expect(sure?.ratio).toEqual({ median: 0.75, lowest: 0.5, highest: 0.8 })
    const [unsure] = compareRuns([time(10), time(20)], [time(11), time(15)])
    expect(unsure?.change).toBe('unclear')
    const [same] = compareRuns([time(10)], [time(10)])
    expect(same?.change).toBe('same')
  })

  it('knows what more is', () => {
    expect(compareRuns([time(10)], [time(20)])[0]?.change).toBe('worse')
    expect(compareRuns([rate(10)], [rate(20)])[0]?.change).toBe('better')
    expect(compareRuns([rate(10)], [rate(5)])[0]?.change).toBe('worse')
  })

  it('has no ratio for what one side does not have, or for nothing', () => {
    const rows = compareRuns([time(10)], [rate(20)])
    expect(rows.map(({ what, before, after }) => [what, before, after])).toEqual([
      ['rate', null, 20],
      ['time', 10, null],
    ])
    expect(rows.every((row) => !('ratio' in row) && !('change' in row))).toBe(true)
    for (const none of [null, 0]) {
      const [row] = compareRuns([time(none)], [time(10)])
      expect(row).toEqual({ benchmark: 'b', what: 'time', unit: 'ms', before: none, after: 10 })
    }
  })
})
