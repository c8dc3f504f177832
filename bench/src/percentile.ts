/** The value that `percent` of the samples do not exceed (nearest rank). Throws when there are none. */
export function percentile(samples: ArrayLike<number>, percent: number): number {
  const sorted = Float64Array.from(samples).sort()
  const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]
  if (value === undefined) throw new Error('no samples')
  return value
}
