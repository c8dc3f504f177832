import type { Metadata } from 'next'
import { AuditPage } from '../../../../components/console/audit-page'
import { ACTIONS_PER_PAGE } from '../../../../components/first-look'
import { operatorOfPage } from '../../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../../trpc/server'

export const metadata: Metadata = { title: 'Audit log' }

export default async function Page() {
  await operatorOfPage()
  const actions = api.console.actions.infiniteQueryOptions(
    { limit: ACTIONS_PER_PAGE },
    { getNextPageParam: (page) => page.nextCursor },
  )
  return withAnswers([queryClient().infiniteQuery(actions)], <AuditPage />)
}
