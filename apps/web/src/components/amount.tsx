import { formatBtc, formatSats } from '../format/money'

/** An amount of money: bitcoin to the last satoshi, the satoshis themselves in the title. */
export function Amount({ sats }: { readonly sats: bigint }) {
  return (
    <span className="whitespace-nowrap" title={`${formatSats(sats)} sats`}>
      {formatBtc(sats)} <span className="text-faint text-[0.85em]">BTC</span>
    </span>
  )
}
