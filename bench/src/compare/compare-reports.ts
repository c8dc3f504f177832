import { percentile } from '../percentile.js'
import type { ReportRow } from '../report.js'

/** `better` and `worse`: every round says so. `unclear`: rounds contradict each other, so the difference is noise. */
export type Change = 'better' | 'worse' | 'same' | 'unclear'

/** One row at two commits. Figures are medians over the rounds; null where a side has none. */
export interface ComparedRow {
  readonly benchmark: string
  readonly what: string
  readonly unit: string
  readonly before: number | null
  readonly after: number | null
  /** after / before, of the two runs of a round; absent where there are none, or where a figure is 0. */
  readonly ratio?: Spread
  readonly change?: Change
}

export interface Spread {
  readonly median: number
  readonly lowest: number
  readonly highest: number
}

/** The rows of one run of all benchmarks. */
export type Run = readonly ReportRow[]

/**
 * Puts the rows of both sides beside each other, in the order of the newer side; what only the older has comes last.
 * The runs number n of both sides ran one after the other, so their ratio says more than that of far-off medians.
 */
export function compareRuns(before: readonly Run[], after: readonly Run[]): ComparedRow[] {
  const rows = new Map<string, ReportRow>()
  for (const row of [...after, ...before].flat()) if (!rows.has(keyOf(row))) rows.set(keyOf(row), row)
  return [...rows].map(([key, row]) => compareRow(row, figuresOf(before, key), figuresOf(after, key)))
}

const keyOf = ({ benchmark, what, unit }: ReportRow): string => JSON.stringify([benchmark, what, unit])

/** The figure of each run; null for a run without. */
function figuresOf(runs: readonly Run[], key: string): (number | null)[] {
  return runs.map((run) => run.find((row) => keyOf(row) === key)?.median ?? null)
}

function compareRow(row: ReportRow, before: (number | null)[], after: (number | null)[]): ComparedRow {
  const { benchmark, what, unit, isMoreBetter = false } = row
  const sides = { benchmark, what, unit, before: medianOf(before), after: medianOf(after) }
  const ratios = after
    .map((figure, round) => ratioOf(before[round] ?? null, figure))
    .filter((ratio) => ratio !== null)
  if (ratios.length === 0) return sides
  const ratio = {
    median: percentile(ratios, 50),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
  }
  return { ...sides, ratio, change: changeOf(ratio, isMoreBetter) }
}

function ratioOf(before: number | null, after: number | null): number | null {
  if (before === null || after === null) return null
  return before === 0 || after === 0 ? null : after / before
}

function medianOf(figures: readonly (number | null)[]): number | null {
  const known = figures.filter((figure) => figure !== null)
  return known.length === 0 ? null : percentile(known, 50)
}

function changeOf({ lowest, highest }: Spread, isMoreBetter: boolean): Change {
  if (lowest === 1 && highest === 1) return 'same'
  if (lowest > 1) return isMoreBetter ? 'better' : 'worse'
  if (highest < 1) return isMoreBetter ? 'worse' : 'better'
  return 'unclear'
}
