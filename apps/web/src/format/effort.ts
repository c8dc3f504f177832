import { groupDigits } from './si'

/** From here on a multiple says more than a percentage. */
const MULTIPLE_FROM = 10

/**
 * Effort, the work of a round over the work a block takes on average: 84 %, 312 %, 2,147×.
 *
 * @param effort a ratio, 1 = as much work as expected
 */
export function formatEffort(effort: number): string {
  if (effort === 0) return '0 %'
  if (effort < 0.0005) return '< 0.1 %'
  if (effort < MULTIPLE_FROM) return `${percentDigits(effort * 100)} %`
  if (effort >= 1e15) return `${effort.toExponential(2)}×`
  return `${groupDigits(effort < 100 ? effort.toFixed(1) : Math.round(effort).toString())}×`
}

function percentDigits(percent: number): string {
  return percent < 10 ? percent.toFixed(1) : Math.round(percent).toString()
}

/** Of all rounds, the part that ends with at most this effort: 1 - e^-effort, for blocks found at random. */
export function roundsEndedBy(effort: number): number {
  return -Math.expm1(-effort)
}
