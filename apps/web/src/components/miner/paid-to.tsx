import Link from 'next/link'
import { formatUtc } from '../../format/time'
import { shorten } from '../../format/shorten'
import type { BalanceState } from './miner-state'

interface PaidToProps {
  readonly paidTo: NonNullable<BalanceState['payout']['paidTo']>
}

/** Where a miner is paid instead of at his own address, and where he will be: for himself alone. */
export function PaidTo({ paidTo: { current, pending } }: PaidToProps) {
  if (current === undefined && pending === undefined) return null
  return (
    <section aria-label="Payout address" className="border-line border-t pt-3 text-sm">
      <h3 className="text-quiet">Payout address</h3>
      <p className="mt-1">
        {current === undefined ? 'This one' : <Address of={current.address} />}
        {pending !== undefined && (
          <>
            , from {formatUtc(pending.effectiveAtMs)} on <Address of={pending.address} />
          </>
        )}
        .
      </p>
      <p className="text-faint mt-1">
        Only you see this.{' '}
        <Link href="/account" className="link">
          {pending === undefined ? 'Change it' : 'Change or cancel it'}
        </Link>
      </p>
    </section>
  )
}

function Address({ of }: { readonly of: string }) {
  return (
    <span className="font-mono" title={of}>
      {shorten(of, 12, 8)}
    </span>
  )
}
