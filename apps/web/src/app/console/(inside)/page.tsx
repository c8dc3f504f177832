import { OverviewPage } from '../../../components/console/overview-page'
import { operatorOfPage } from '../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../trpc/server'

export default async function Page() {
  await operatorOfPage()
  return withAnswers([queryClient().query(api.pool.status.queryOptions())], <OverviewPage />)
}
