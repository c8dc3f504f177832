import { formatSats } from './money'

/** An average that is no whole number of satoshis, as such: about 1,234 sats, 0.42 sats. */
export function formatMeanSats(sats: number): string {
  if (sats === 0) return '0 sats'
  if (sats < 0.01) return '< 0.01 sats'
  if (sats < 10) return `${sats.toFixed(2)} sats`
  return `${formatSats(BigInt(Math.round(sats)))} sats`
}
