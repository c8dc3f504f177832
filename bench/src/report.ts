/** One figure. */
export interface Row {
  readonly what: string
  readonly unit: string
  readonly median: number
  /** Of what was measured; absent where there is one measurement only. */
  readonly p99?: number
  readonly worst?: number
}

export function formatRow({ what, unit, median, p99, worst }: Row): string {
  const figure = (name: string, value: number | undefined): string =>
    value === undefined ? '' : `  ${name} ${formatNumber(value)}`
  return `${what.padEnd(58)} ${formatNumber(median).padStart(10)} ${unit.padEnd(10)}${figure('p99', p99)}${figure('worst', worst)}`
}

function formatNumber(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
