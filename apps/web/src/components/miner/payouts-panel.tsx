'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client'
import { Age } from '../age'
import { Amount } from '../amount'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { MINER_PAYOUTS_PER_PAGE } from '../first-look'
import { MoreButton } from '../more-button'
import { Panel } from '../panel'
import { PayoutStatus } from '../payout/payout-status'
import { TransactionId } from '../payout/transaction-id'
import { Cell, Row, Rows, type Column } from '../rows'
import { Skeleton } from '../skeleton'
import type { PayoutState } from './miner-state'

const COLUMNS: readonly Column[] = [
  { name: 'Planned' },
  { name: 'State' },
  { name: 'Amount', numeric: true },
  { name: 'Sent', numeric: true },
  { name: 'Transaction', numeric: true },
]

export function PayoutsPanel({ address }: { readonly address: string }) {
  const trpc = useTRPC()
  const query = useInfiniteQuery(
    trpc.miner.payouts.infiniteQueryOptions(
      { address, limit: MINER_PAYOUTS_PER_PAGE },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  return (
    <Panel title="Payouts">
      <Answer query={query} what="payouts" loading={<Skeleton className="h-32" />}>
        {({ pages }) => {
          const payouts = pages.flatMap((page) => page.payouts)
          if (payouts.length === 0) {
            return (
              <Empty title="No payout yet">
                What is available is sent to your address; the balance above says from how much on.
              </Empty>
            )
          }
          return (
            <>
              <Rows caption="Payouts to this address" columns={COLUMNS}>
                {payouts.map((payout) => (
                  <PayoutRow
                    key={String(payout.batchId)}
                    payout={payout}
                    wanted={pages[0]?.confirmationsWanted}
                  />
                ))}
              </Rows>
              <MoreButton query={query} />
            </>
          )
        }}
      </Answer>
    </Panel>
  )
}

interface PayoutRowProps {
  readonly payout: PayoutState
  readonly wanted: number | undefined
}

function PayoutRow({ payout, wanted }: PayoutRowProps) {
  const { state, plannedAtMs, amountSats, txid } = payout
  return (
    <Row>
      <Cell label="Planned">
        <Age atMs={plannedAtMs} />
      </Cell>
      <Cell label="State" span={2}>
        <PayoutStatus {...payout} wanted={wanted} />
      </Cell>
      <Cell label="Amount" numeric span={3}>
        <Amount sats={amountSats} />
      </Cell>
      <Cell label="Sent" numeric span={3}>
        <Sent payout={payout} />
      </Cell>
      <Cell label="Transaction" numeric span={3}>
        {state === 'cancelled' ? <span className="text-faint">none</span> : <TransactionId txid={txid} />}
      </Cell>
    </Row>
  )
}

/** What has left the pool for his address. */
function Sent({ payout: { state, txid, amountSats, sentSats } }: { readonly payout: PayoutState }) {
  if (state === 'cancelled' || txid === undefined || sentSats === undefined) {
    return <span className="text-faint">nothing</span>
  }
  return (
    <>
      <Amount sats={sentSats} />
      {sentSats < amountSats && (
        <span className="text-faint block text-xs">
          less <Amount sats={amountSats - sentSats} /> for the network
        </span>
      )}
    </>
  )
}
