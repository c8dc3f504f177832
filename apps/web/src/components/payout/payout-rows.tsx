import type { inferRouterOutputs } from '@trpc/server'
import { formatCount } from '../../format/count'
import type { AppRouter } from '../../server/routers/root'
import { Age } from '../age'
import { Amount } from '../amount'
import { Cell, Row, Rows, type Column } from '../rows'
import { Unknown } from '../unknown'
import { PayoutStatus } from './payout-status'
import { TransactionId } from './transaction-id'

type ListedPayout = inferRouterOutputs<AppRouter>['payouts']['list']['payouts'][number]

const COLUMNS: readonly Column[] = [
  { name: 'Payout' },
  { name: 'State' },
  { name: 'Miners', numeric: true },
  { name: 'Total', numeric: true },
  { name: 'Fee', numeric: true },
  { name: 'Transaction' },
  { name: 'Block', numeric: true },
  { name: 'Confirmations', numeric: true },
  { name: 'Planned', numeric: true },
]

interface PayoutRowsProps {
  readonly payouts: readonly ListedPayout[]
  /** Confirmations from which on one counts as made. */
  readonly wanted: number | undefined
}

export function PayoutRows({ payouts, wanted }: PayoutRowsProps) {
  return (
    <Rows caption="Payouts of the pool" columns={COLUMNS} isWide>
      {payouts.map((payout) => (
        <PayoutRow key={String(payout.id)} payout={payout} wanted={wanted} />
      ))}
    </Rows>
  )
}

function PayoutRow({
  payout,
  wanted,
}: {
  readonly payout: ListedPayout
  readonly wanted: number | undefined
}) {
  const { id, state, miners, totalSats, feeSats, txid, height, confirmations, createdAtMs } = payout
  return (
    <Row>
      <Cell label="Payout">
        <span className="font-medium">{formatCount(id)}</span>
      </Cell>
      <Cell label="State" span={2}>
        <PayoutStatus {...payout} wanted={wanted} />
      </Cell>
      <Cell label="Miners" numeric>
        {formatCount(miners)}
      </Cell>
      <Cell label="Total" numeric span={2}>
        <Amount sats={totalSats} />
      </Cell>
      <Cell label="Fee" numeric span={3}>
        {feeSats === undefined || state === 'cancelled' ? (
          <Unknown why="nothing was sent" />
        ) : (
          <Amount sats={feeSats} />
        )}
      </Cell>
      <Cell label="Transaction" span={3}>
        <TransactionId txid={state === 'cancelled' ? undefined : txid} />
      </Cell>
      <Cell label="Block" numeric>
        {height === undefined ? <Unknown why="in no block" /> : formatCount(height)}
      </Cell>
      <Cell label="Confirmations" numeric>
        {confirmations === undefined ? <Unknown why="in no block" /> : formatCount(confirmations)}
      </Cell>
      <Cell label="Planned" numeric>
        <Age atMs={createdAtMs} />
      </Cell>
    </Row>
  )
}
