import { formatCount } from '../../format/count'
import { rejectAdvice } from '../../format/reject-advice'
import { REJECT_TEXTS } from '../../format/reject-reason'
import { formatMeanSats } from '../../format/sats'
import { formatPartOf } from '../../format/share'
import { Empty } from '../empty'
import { Panel } from '../panel'
import { Cell, Row, Rows, type Column } from '../rows'
import type { WorkerSummary } from './worker-state'

const COLUMNS: readonly Column[] = [
  { name: 'Reason' },
  { name: 'Count', numeric: true },
  { name: 'Part', numeric: true },
  { name: 'What to do' },
]

/** Why shares were rejected, in words, and what helps. */
export function WorkerRejects({ worker }: { readonly worker: WorkerSummary }) {
  const { rejects, acceptedCount, staleCostSats } = worker
  const reasons = Object.entries(rejects).sort(([, a], [, b]) => b - a)
  const rejected = reasons.reduce((sum, [, count]) => sum + count, 0)
  return (
    <Panel title="Rejected in the last 24 h">
      {reasons.length === 0 ? (
        <Empty title="Nothing was rejected">
          {acceptedCount === 0
            ? 'Nothing was sent either.'
            : `${formatCount(acceptedCount)} shares were accepted.`}
        </Empty>
      ) : (
        <>
          <p className="text-quiet mb-4 text-sm">
            {formatCount(rejected)} of {formatCount(rejected + acceptedCount)} shares.
            {staleCostSats !== undefined &&
              staleCostSats > 0 &&
              ` What came too late was worth about ${formatMeanSats(staleCostSats)}.`}
          </p>
          <Rows caption="Rejected shares by reason" columns={COLUMNS}>
            {reasons.map(([reason, count]) => (
              <Row key={reason}>
                <Cell label="Reason" span={3}>
                  <span className="font-medium">{REJECT_TEXTS[reason] ?? reason}</span>{' '}
                  <span className="text-faint font-mono text-[0.8125rem]">{reason}</span>
                </Cell>
                <Cell label="Count" numeric>
                  {formatCount(count)}
                </Cell>
                <Cell label="Part" numeric span={2}>
                  {formatPartOf(BigInt(count), BigInt(rejected + acceptedCount))}
                </Cell>
                <Cell label="What to do" span={3}>
                  <span className="text-quiet block max-w-prose">{rejectAdvice(reason)}</span>
                </Cell>
              </Row>
            ))}
          </Rows>
        </>
      )}
    </Panel>
  )
}
