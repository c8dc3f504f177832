import { Age } from '../age'
import { Amount } from '../amount'
import type { BalanceState } from './miner-state'

/** What the operator has corrected lately, and why; nothing where he has not. */
export function Corrections({ corrections }: { readonly corrections: BalanceState['corrections'] }) {
  if (corrections.length === 0) return null
  return (
    <section aria-label="Corrections" className="border-line mt-2 border-t pt-3 text-sm">
      <h3 className="text-quiet">Corrected by the operator</h3>
      <ul>
        {corrections.map(({ transactionId, postedAtMs, reason, reversesId, amountSats }) => (
          <li key={String(transactionId)} className="mt-1.5">
            <span className="flex justify-between gap-3">
              <span>
                {amountSats > 0n && '+'}
                <Amount sats={amountSats} />
              </span>
              <span className="text-faint">
                <Age atMs={postedAtMs} />
              </span>
            </span>
            <span className="text-faint block break-words">
              {reversesId !== undefined && 'Taken back: '}
              {reason}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
