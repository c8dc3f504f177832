import { Amount } from '../amount'

interface PaidByCoinbaseProps {
  readonly earning: { readonly amountSats: bigint; readonly directSats: bigint }
}

/** How much of an amount the block itself has paid; for amounts of which it has paid anything. */
export function PaidByCoinbase({ earning: { amountSats, directSats } }: PaidByCoinbaseProps) {
  if (directSats === amountSats) return <>paid by the coinbase</>
  return (
    <>
      <Amount sats={directSats} /> of it paid by the coinbase
    </>
  )
}
