import { formatBtc as plainBtc } from '@headframe/core/units'
import { groupDigits } from './si'

/** Satoshis as bitcoin, exactly, always with eight decimals and the thousands grouped: 1,203.12500000. */
export function formatBtc(sats: bigint): string {
  return groupDigits(plainBtc(sats))
}

/** Satoshis with their thousands grouped: 312,500,000. */
export function formatSats(sats: bigint): string {
  return groupDigits(sats.toString())
}
