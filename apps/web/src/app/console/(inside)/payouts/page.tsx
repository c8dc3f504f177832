import type { Metadata } from 'next'
import { PayoutsConsole } from '../../../../components/console/payout/payouts-console'
import { PAYOUTS_PER_PAGE } from '../../../../components/first-look'
import { operatorOfPage } from '../../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../../trpc/server'

export const metadata: Metadata = { title: 'Payouts' }

export default async function Page() {
  await operatorOfPage()
  const client = queryClient()
  const payouts = api.payouts.list.infiniteQueryOptions(
    { limit: PAYOUTS_PER_PAGE },
    { getNextPageParam: (page) => page.nextCursor },
  )
  return withAnswers(
    [
      client.infiniteQuery(payouts),
      client.query(api.pool.status.queryOptions()),
      client.query(api.console.me.queryOptions()),
      client.query(api.consolePayouts.requests.queryOptions({})),
      client.query(api.consolePayouts.approvalAbove.queryOptions({})),
    ],
    <PayoutsConsole />,
  )
}
