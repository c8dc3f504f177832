import type { Metadata } from 'next'
import { PAYOUTS_PER_PAGE } from '../../components/first-look'
import { PayoutsPage } from '../../components/payout/payouts-page'
import type { SearchParams } from '../../measure/chart-view'
import { cursorUpTo, upToOfParam } from '../../paths'
import { api, queryClient, withAnswers } from '../../trpc/server'

export const metadata: Metadata = { title: 'Payouts' }

interface PageProps {
  readonly searchParams: Promise<SearchParams>
}

export default async function Page({ searchParams }: PageProps) {
  const upTo = upToOfParam((await searchParams)['upTo'])
  const payouts = api.payouts.list.infiniteQueryOptions(
    { limit: PAYOUTS_PER_PAGE },
    { getNextPageParam: (page) => page.nextCursor, initialCursor: cursorUpTo(upTo) },
  )
  return withAnswers([queryClient().infiniteQuery(payouts)], <PayoutsPage upTo={upTo} />)
}
