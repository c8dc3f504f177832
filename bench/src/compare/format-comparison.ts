import { formatCommit, formatMachine } from '../machine.js'
import { formatNumber } from '../report.js'
import { formatTable } from '../table.js'
import type { ComparedRow } from './compare-reports.js'
import type { Comparison } from './compare.js'

const HEAD = ['benchmark', 'what', 'unit', 'before', 'after', 'after/before', 'lowest', 'highest', 'change']
const NUMBERS = [3, 4, 5, 6, 7]

export function formatComparison({ machine, before, after, rounds, rows }: Comparison): string {
  const head = `${formatMachine(machine)}
before ${formatCommit(before)}, after ${formatCommit(after)}, ${rounds} rounds in turns`
  return `${head}\n\n${formatTable(HEAD, rows.map(cellsOf), NUMBERS)}`
}

function cellsOf({ benchmark, what, unit, before, after, ratio, change }: ComparedRow): string[] {
  const ratios =
    ratio === undefined ? ['', '', ''] : [ratio.median, ratio.lowest, ratio.highest].map(formatRatio)
  return [benchmark, what, unit, formatFigure(before), formatFigure(after), ...ratios, change ?? '']
}

const formatFigure = (figure: number | null): string => (figure === null ? 'n/a' : formatNumber(figure))
const formatRatio = (ratio: number): string => ratio.toFixed(3)
