import { scaleSi } from './si'

export interface Measured {
  readonly value: string
  readonly unit: string
}

/** A hashrate in H/s as digits and unit, so that a page can set the two apart: 12.4 and TH/s. */
export function hashrateParts(hashesPerSecond: number): Measured {
  const { value, prefix } = scaleSi(hashesPerSecond)
  return { value, unit: `${prefix}H/s` }
}

/** A hashrate as one string: 12.4 TH/s. */
export function formatHashrate(hashesPerSecond: number): string {
  const { value, unit } = hashrateParts(hashesPerSecond)
  return `${value} ${unit}`
}
