'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { PAYOUTS_PER_PAGE } from '../first-look'
import { MoreButton } from '../more-button'
import { Panel } from '../panel'
import { Skeleton } from '../skeleton'
import { PayoutRows } from './payout-rows'

export function PayoutsPage() {
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
      <Panel title="Sent to miners">
        <Answer query={query} what="payouts" loading={<Skeleton className="h-96" />}>
          {({ pages }) => {
            const payouts = pages.flatMap((page) => page.payouts)
            if (payouts.length === 0) {
              return (
                <Empty title="No payout yet">
                  Each transaction that pays miners is listed here, from when it is planned on.
                </Empty>
              )
            }
            return (
              <>
                <PayoutRows payouts={payouts} wanted={pages[0]?.confirmationsWanted} />
                <MoreButton query={query} />
              </>
            )
          }}
        </Answer>
      </Panel>
    </>
  )
}
