import type { Metadata } from 'next'
import { OperatorAlerts } from '../../../../components/alert/alerts'
import { operatorOfPage } from '../../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../../trpc/server'

export const metadata: Metadata = { title: 'Alerts' }

export default async function Page() {
  await operatorOfPage()
  const client = queryClient()
  return withAnswers(
    [
      client.query(api.operatorAlerts.overview.queryOptions()),
      client.query(api.operatorAlerts.deliveries.queryOptions({})),
    ],
    <>
      <h1 className="mb-5 text-2xl">Alerts</h1>
      <OperatorAlerts />
    </>,
  )
}
