import type { Metadata } from 'next'
import { PAYOUTS_PER_PAGE } from '../../components/first-look'
import { PayoutsPage } from '../../components/payout/payouts-page'
import { api, queryClient, withAnswers } from '../../trpc/server'

export const metadata: Metadata = { title: 'Payouts' }

export default function Page() {
  const payouts = api.payouts.list.infiniteQueryOptions(
    { limit: PAYOUTS_PER_PAGE },
    { getNextPageParam: (page) => page.nextCursor },
  )
  return withAnswers([queryClient().infiniteQuery(payouts)], <PayoutsPage />)
}
