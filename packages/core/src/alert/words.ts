import { formatBtc } from '../units.js'

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z']

/** Three significant digits and a unit: `1.21 PH/s`. */
export function formatHashrate(hashesPerSecond: number): string {
  return `${formatSi(hashesPerSecond)}H/s`
}

/** Three significant digits, then a space and the prefix: `1.21 P`. */
export function formatSi(value: number): string {
  let step = 0
  let scaled = value
  while (scaled >= 999.5 && step < PREFIXES.length - 1) {
    scaled /= 1_000
    step++
  }
  return `${Number(scaled.toPrecision(3))} ${PREFIXES[step]}`
}

/** `3 h 20 min`; whole minutes below an hour, at least one. */
export function formatSpan(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  if (minutes < 60) return `${minutes} min`
  if (minutes < 1_440) return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  return joined(Math.floor(minutes / 1_440), 'd', Math.floor((minutes % 1_440) / 60), 'h')
}

/** Satoshis in decimal -> `0.00120000 BTC (120,000 satoshis)`. */
export function formatAmount(sats: string): string {
  const grouped = sats.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${formatBtc(BigInt(sats))} BTC (${grouped} satoshis)`
}

function joined(whole: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${restUnit}`
}
