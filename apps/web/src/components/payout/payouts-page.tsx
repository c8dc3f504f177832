'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { cursorUpTo } from '../../paths'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { PAYOUTS_PER_PAGE } from '../first-look'
import { MoreButton } from '../more-button'
import { Panel } from '../panel'
import { Skeleton } from '../skeleton'
import { PayoutRows } from './payout-rows'

interface PayoutsPageProps {
  /** The list begins with this batch; undefined for the newest. */
  readonly upTo: string | undefined
}

export function PayoutsPage({ upTo }: PayoutsPageProps) {
  const trpc = useTRPC()
  const query = useInfiniteQuery(
    trpc.payouts.list.infiniteQueryOptions(
      { limit: PAYOUTS_PER_PAGE },
      { getNextPageParam: (page) => page.nextCursor, initialCursor: cursorUpTo(upTo) },
    ),
  )
  return (
    <>
      <h1 className="mb-5 text-2xl">Payouts</h1>
      {upTo !== undefined && (
        <p className="text-quiet mb-4 text-sm">
          Payout {upTo} and older ones.{' '}
          <Link href="/payouts" className="link">
            The newest
          </Link>
        </p>
      )}
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
