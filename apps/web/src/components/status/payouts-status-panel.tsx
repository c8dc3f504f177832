import { Age } from '../age'
import { Amount } from '../amount'
import { CopyField } from '../copy-field'
import { Lasting } from '../lasting'
import { Notice } from '../notice'
import { Panel } from '../panel'
import { PayoutStatus } from '../payout/payout-status'
import { Cell, Row, Rows, type Column } from '../rows'
import type { PayoutsStatus } from './status-state'

const COLUMNS: readonly Column[] = [
  { name: 'Payout' },
  { name: 'State' },
  { name: 'Miners', numeric: true },
  { name: 'Total', numeric: true },
  { name: 'Held up by' },
]

/** Payouts that are under way, and what an operator has to do for them. */
export function PayoutsStatusPanel({ payouts }: { readonly payouts: PayoutsStatus }) {
  const { paused, problem, open, isCut, terms, plannedAtMs } = payouts
  return (
    <Panel title="Payouts">
      <div className="grid gap-4">
        {terms === undefined && (
          <Notice tone="plain" title="Nothing is paid on chain">
            PAYOUT_WALLET_URL names the wallet that miners are paid from; settle reads it at its start.
          </Notice>
        )}
        {paused !== undefined && (
          <Notice tone="wait" title={`Paused by ${paused.by}: ${paused.reason}`}>
            They have stood still <Lasting sinceMs={paused.sinceMs} />. <Command>payouts resume</Command> lets
            them go on.
          </Notice>
        )}
        {problem !== undefined && (
          <Notice tone="wrong" title={`No payout goes on: ${problem.problem}`}>
            {problem.detail}, <Lasting sinceMs={problem.sinceMs} />.
          </Notice>
        )}
        {open.length > 0 && <OpenPayouts open={open} />}
        {isCut && (
          <p className="text-faint text-sm">
            There are more: <Command>payouts</Command> lists them.
          </p>
        )}
        {open
          .filter(({ awaitsApproval }) => awaitsApproval)
          .map(({ id }) => (
            <CopyField
              key={String(id)}
              label={`Agree to payout ${id}`}
              value={`npm run payouts -- approve ${id}`}
            />
          ))}
        <p className="text-faint text-sm">
          {open.length === 0 && 'None is under way. '}
          {plannedAtMs === undefined ? (
            'They are planned with the next run.'
          ) : (
            <>
              Planned last <Age atMs={plannedAtMs} />.
            </>
          )}
        </p>
      </div>
    </Panel>
  )
}

function OpenPayouts({ open }: Pick<PayoutsStatus, 'open'>) {
  return (
    <Rows caption="Payouts under way" columns={COLUMNS}>
      {open.map(({ id, state, awaitsApproval, miners, totalSats, problem }) => (
        <Row key={String(id)}>
          <Cell label="Payout">{String(id)}</Cell>
          <Cell label="State" span={2}>
            <PayoutStatus
              state={state}
              awaitsApproval={awaitsApproval}
              confirmations={undefined}
              wanted={undefined}
            />
          </Cell>
          <Cell label="Miners" numeric>
            {miners}
          </Cell>
          <Cell label="Total" numeric span={2}>
            <Amount sats={totalSats} />
          </Cell>
          <Cell label="Held up by" span={3}>
            {problem === undefined ? (
              <span className="text-faint">{awaitsApproval ? 'your approval' : 'nothing'}</span>
            ) : (
              <>
                <span className="text-oxide font-medium">{problem.problem}</span>{' '}
                <span className="text-faint whitespace-nowrap">
                  <Lasting sinceMs={problem.sinceMs} />
                </span>
                <span className="text-quiet block wrap-anywhere">{problem.detail}</span>
              </>
            )}
          </Cell>
        </Row>
      ))}
    </Rows>
  )
}

function Command({ children }: { readonly children: string }) {
  return <code className="font-mono text-[0.9em]">npm run {children.replace(' ', ' -- ')}</code>
}
