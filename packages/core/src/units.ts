/** Amounts of money are satoshis in a bigint everywhere; bitcoins exist only as text for people. */
export const SATS_PER_BTC = 100_000_000n

const BTC_TEXT = /^(-?)(\d{1,12})(?:\.(\d{1,8}))?$/

/** Exact, always with eight decimals: `-0.00000001`, `3.12500000`. */
export function formatBtc(sats: bigint): string {
  const magnitude = sats < 0n ? -sats : sats
  const fraction = (magnitude % SATS_PER_BTC).toString().padStart(8, '0')
  return `${sats < 0n ? '-' : ''}${magnitude / SATS_PER_BTC}.${fraction}`
}

/** The inverse of `formatBtc`; also takes fewer decimals. Throws RangeError on any other text. */
export function parseBtc(text: string): bigint {
  const match = BTC_TEXT.exec(text)
  if (match === null) throw new RangeError(`"${text}" is not an amount of bitcoin with up to eight decimals`)
  const [, sign, whole = '', fraction = ''] = match
  const magnitude = BigInt(whole) * SATS_PER_BTC + BigInt(fraction.padEnd(8, '0'))
  return sign === '-' ? -magnitude : magnitude
}
