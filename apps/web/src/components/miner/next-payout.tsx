import { formatDuration } from '../../format/time'
import { progressToPayout } from '../../measure/payout-progress'
import { Amount } from '../amount'
import type { BalanceState } from './miner-state'

const MINUTE_MS = 60_000

type Payout = BalanceState['payout']

interface NextPayoutProps {
  readonly availableSats: bigint
  readonly payout: Payout
}

/** When the miner is paid next, and how far he is on the way there. */
export function NextPayout({ availableSats, payout }: NextPayoutProps) {
  return (
    <section aria-label="Next payout" className="border-line border-t pt-3 text-sm">
      <h3 className="text-quiet">Next payout</h3>
      {payout.terms === undefined ? (
        <p className="text-faint mt-1">
          This pool sends nothing by itself now. What is available stays owed to you.
        </p>
      ) : (
        <Way availableSats={availableSats} terms={payout.terms} payout={payout} />
      )}
    </section>
  )
}

interface WayProps extends NextPayoutProps {
  readonly terms: NonNullable<Payout['terms']>
}

function Way({ availableSats, terms, payout: { ownThresholdSats, isPaused } }: WayProps) {
  const { targetSats, missingSats, percent } = progressToPayout(availableSats, terms, ownThresholdSats)
  return (
    <>
      <div
        role="progressbar"
        aria-label="Available, of what a payout takes"
        aria-valuenow={percent}
        className="bg-sunken border-line mt-2 h-2 overflow-hidden rounded border"
      >
        <div className="bg-copper h-full" style={{ width: `${percent}%` }} />
      </div>
      <p className="mt-2">
        {percent} % of <Amount sats={targetSats} />,{' '}
        {ownThresholdSats === undefined ? 'the pool’s threshold' : 'your threshold'}
      </p>
      <p className="text-faint mt-1">
        {isPaused ? (
          'The operator has paused payouts. What is available stays owed to you.'
        ) : missingSats === 0n ? (
          `You are in the next one. They are planned every ${formatDuration(terms.everyMinutes * MINUTE_MS)}.`
        ) : terms.maxAgeDays === undefined ? (
          <>
            <Amount sats={missingSats} /> to go.
          </>
        ) : (
          <>
            <Amount sats={missingSats} /> to go. <Amount sats={terms.minimumSats} /> or more is sent after{' '}
            {terms.maxAgeDays} day{terms.maxAgeDays === 1 ? '' : 's'} in any case.
          </>
        )}
      </p>
    </>
  )
}
