'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { formatCount } from '../../../format/count'
import { useTRPC } from '../../../trpc/client'
import { Age } from '../../age'
import { Amount } from '../../amount'
import { Answer } from '../../answer'
import { Empty } from '../../empty'
import { PAYOUTS_PER_PAGE } from '../../first-look'
import { MoreButton } from '../../more-button'
import { Panel } from '../../panel'
import { PayoutStatus } from '../../payout/payout-status'
import { Cell, Row, Rows, type Column } from '../../rows'
import { Skeleton } from '../../skeleton'
import { PayoutControlPanel } from './payout-control'
import { ReconcilePanel } from './reconcile-panel'
import { RequestsPanel } from './requests-panel'

const COLUMNS: readonly Column[] = [
  { name: 'Payout' },
  { name: 'State' },
  { name: 'Miners', numeric: true },
  { name: 'Total', numeric: true },
  { name: 'Planned', numeric: true },
]

export function PayoutsConsole() {
  const trpc = useTRPC()
  const query = useInfiniteQuery(
    trpc.payouts.list.infiniteQueryOptions(
      { limit: PAYOUTS_PER_PAGE },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  return (
    <>
      <h1 className="mb-5 text-2xl">Payouts</h1>
      <div className="grid gap-5">
        <PayoutControlPanel />
        <ReconcilePanel />
        <RequestsPanel />
        <Panel title="Payouts">
          <Answer query={query} what="payouts" loading={<Skeleton className="h-96" />}>
            {({ pages }) => {
              const payouts = pages.flatMap((page) => page.payouts)
              if (payouts.length === 0)
                return <Empty title="No payout yet">Each is listed here from when it is planned on.</Empty>
              return (
                <>
                  <Rows caption="Payouts" columns={COLUMNS}>
                    {payouts.map((payout) => (
                      <Row key={String(payout.id)}>
                        <Cell label="Payout">
                          <Link className="link font-medium" href={`/console/payouts/${payout.id}`}>
                            Payout {formatCount(payout.id)}
                          </Link>
                        </Cell>
                        <Cell label="State" span={2}>
                          <PayoutStatus {...payout} wanted={pages[0]?.confirmationsWanted} />
                        </Cell>
                        <Cell label="Miners" numeric>
                          {formatCount(payout.miners)}
                        </Cell>
                        <Cell label="Total" numeric span={2}>
                          <Amount sats={payout.totalSats} />
                        </Cell>
                        <Cell label="Planned" numeric>
                          <Age atMs={payout.createdAtMs} />
                        </Cell>
                      </Row>
                    ))}
                  </Rows>
                  <MoreButton query={query} />
                </>
              )
            }}
          </Answer>
        </Panel>
      </div>
    </>
  )
}
