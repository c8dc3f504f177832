import { formatCount } from '../../format/count'
import { formatPartOf } from '../../format/share'
import { REJECT_TEXTS } from '../../format/reject-reason'
import { Panel } from '../panel'
import type { MinerState } from './miner-state'

/** What became of the miner's submissions of a day. */
export function SharesPanel({ miner: { outcomes } }: { readonly miner: MinerState }) {
  const total = outcomes.reduce((sum, { count }) => sum + count, 0)
  const accepted = outcomes.find(({ outcome }) => outcome === 'accepted')?.count ?? 0
  const rejects = outcomes.filter(({ outcome }) => outcome !== 'accepted')
  return (
    <Panel title="Shares of the last 24 h">
      <dl className="divide-line -my-2 divide-y text-sm">
        <Outcome name="Accepted" count={accepted} total={total} />
        {rejects.map(({ outcome, count }) => (
          <Outcome
            key={outcome}
            name={REJECT_TEXTS[outcome] ?? outcome}
            code={outcome}
            count={count}
            total={total}
          />
        ))}
      </dl>
      {rejects.length === 0 && <p className="text-faint mt-4 text-sm">Nothing was rejected.</p>}
    </Panel>
  )
}

interface OutcomeProps {
  readonly name: string
  readonly code?: string
  readonly count: number
  readonly total: number
}

function Outcome({ name, code, count, total }: OutcomeProps) {
  return (
    <div className="flex items-baseline justify-between gap-4 py-2">
      <dt className={code === undefined ? '' : 'text-quiet'} title={code}>
        {name}
      </dt>
      <dd className="whitespace-nowrap">
        {formatCount(count)}
        <span className="text-faint inline-block w-20 text-right">
          {formatPartOf(BigInt(count), BigInt(total))}
        </span>
      </dd>
    </div>
  )
}
