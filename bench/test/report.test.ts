import { describe, expect, it } from 'vitest'
import { formatReport, isGoalMet } from '../src/report.js'
import { formatTable } from '../src/table.js'

describe('a table', () => {
  it('has columns as wide as what is in them, numbers to the right', () => {
    const text = formatTable(
      ['name', 'n'],
      [
        ['a', '1'],
        ['longer', '1,000'],
      ],
      [1],
    )
    expect(text.split('\n')).toEqual(['name        n', '------  -----', 'a           1', 'longer  1,000'])
  })

  it('without rows is its head', () => {
    expect(formatTable(['name'], [], [])).toBe('name\n----')
  })
})

describe('a goal', () => {
  it('is met on the right side of it, and open where nothing was measured', () => {
    expect(isGoalMet({ median: 15, goal: { atMost: 15 } })).toBe(true)
    expect(isGoalMet({ median: 15.1, goal: { atMost: 15 } })).toBe(false)
    expect(isGoalMet({ median: 1.7, goal: { atLeast: 1.7 } })).toBe(true)
    expect(isGoalMet({ median: 1.6, goal: { atLeast: 1.7 } })).toBe(false)
    expect(isGoalMet({ median: null, goal: { atMost: 15 } })).toBeUndefined()
    expect(isGoalMet({ median: 1 })).toBeUndefined()
  })

  it('stands in the report with its unit and whether it is met', () => {
    const rows = [
      {
        benchmark: 'b',
        what: 'slow',
        unit: 'ms',
        median: 31,
        best: 29.96,
        worst: 1234.5,
        goal: { atMost: 30 },
      },
      { benchmark: 'b', what: 'not told', unit: 'ms', median: null, goal: { atMost: 20 } },
    ]
    const [, , slow, notTold] = formatReport(rows)
      .split('\n')
      .map((line) => line.split(/ {2,}/))
    expect(slow).toEqual(['b', 'slow', '31', 'ms', '30.0', '1,235', '<= 30', 'no'])
    expect(notTold).toEqual(['b', 'not told', 'n/a', 'ms', '<= 20'])
  })
})
