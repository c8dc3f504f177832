/** Numbers below this are shown as "below" it rather than as a zero they are not. */
const SMALLEST_PERCENT = 0.01
const PPM = 1_000_000n

/**
 * A part of a whole as a percentage: 12.3 %.
 *
 * Never rounds up to 100 % or down to 0 % what is neither.
 */
export function formatPartOf(part: bigint, whole: bigint): string {
  if (whole <= 0n) return '0 %'
  if (part === 0n) return '0 %'
  if (part === whole) return '100 %'
  const percent = Number((part * PPM) / whole) / 10_000
  if (percent < SMALLEST_PERCENT) return `< ${SMALLEST_PERCENT} %`
  if (percent > 99.99) return '> 99.99 %'
  return `${percent >= 10 ? percent.toFixed(1) : percent.toFixed(2)} %`
}
