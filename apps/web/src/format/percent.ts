import { formatEffort } from './effort'

/** From here on a multiple says more. */
const MULTIPLE_FROM = 10

/** A ratio as a percentage with three digits at most: 104 %, 97.3 %, 0.42 %, < 0.01 %, and 21.5× where it is large. */
export function formatRatio(ratio: number): string {
  const percent = ratio * 100
  if (ratio >= MULTIPLE_FROM) return formatEffort(ratio)
  if (percent === 0) return '0 %'
  if (percent < 0.01) return '< 0.01 %'
  return `${percent >= 100 ? percent.toFixed(0) : percent >= 10 ? percent.toFixed(1) : percent.toFixed(2)} %`
}

/** By how much something will change: +3.2 %, −0.8 %. */
export function formatChange(factor: number): string {
  const percent = (factor - 1) * 100
  const sign = percent < 0 ? '−' : '+'
  return `${sign}${Math.abs(percent).toFixed(1)} %`
}
