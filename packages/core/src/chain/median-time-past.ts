/** Blocks whose times are looked at (Bitcoin Core `chain.h` nMedianTimeSpan). */
export const MEDIAN_TIME_BLOCKS = 11

/**
 * Median of the times of a block and of up to ten before it, seconds: the next block has to be younger. The later of
 * the two in the middle when their number is even (Bitcoin Core `chain.h` GetMedianTimePast).
 * Throws RangeError without a time.
 */
export function medianTimePast(ntimes: readonly number[]): number {
  const sorted = ntimes.slice(-MEDIAN_TIME_BLOCKS).sort((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)]
  if (median === undefined) throw new RangeError('a median needs at least one time')
  return median
}
