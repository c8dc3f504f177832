import { formatTable } from './table.js'

/** What a figure should be. */
export type Goal = { readonly atMost: number } | { readonly atLeast: number }

/** One figure. */
export interface Row {
  readonly what: string
  readonly unit: string
  /** Of what was measured; null for what this version of the pool does not tell. */
  readonly median: number | null
  /** Of the rounds or samples; absent where there is one measurement only. */
  readonly best?: number
  readonly worst?: number
  readonly goal?: Goal
  /** Whether a higher figure is the better one, as of shares a second; otherwise a lower one is. */
  readonly isMoreBetter?: boolean
}

/** A row, and the benchmark it comes from. */
export interface ReportRow extends Row {
  readonly benchmark: string
}

/** Undefined when there is no goal, or no figure to hold against it. */
export function isGoalMet({ median, goal }: Pick<Row, 'median' | 'goal'>): boolean | undefined {
  if (goal === undefined || median === null) return undefined
  return 'atMost' in goal ? median <= goal.atMost : median >= goal.atLeast
}

/** All rows as text, a line each. */
export function formatReport(rows: readonly ReportRow[]): string {
  const head = ['benchmark', 'what', 'median', 'unit', 'best', 'worst', 'goal', 'met']
  return formatTable(head, rows.map(cellsOf), [2, 4, 5])
}

function cellsOf(row: ReportRow): string[] {
  const isMet = isGoalMet(row)
  return [
    row.benchmark,
    row.what,
    row.median === null ? 'n/a' : formatNumber(row.median),
    row.unit,
    formatOptional(row.best),
    formatOptional(row.worst),
    row.goal === undefined ? '' : formatGoal(row.goal),
    isMet === undefined ? '' : isMet ? 'yes' : 'no',
  ]
}

function formatGoal(goal: Goal): string {
  return 'atMost' in goal ? `<= ${formatNumber(goal.atMost)}` : `>= ${formatNumber(goal.atLeast)}`
}

const formatOptional = (value: number | undefined): string => (value === undefined ? '' : formatNumber(value))

/** Three digits that count, or whole numbers from 100 on. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) return Math.round(value).toLocaleString('en')
  return value.toPrecision(3)
}
