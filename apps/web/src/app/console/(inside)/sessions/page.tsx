import type { Metadata } from 'next'
import { SessionsConsole } from '../../../../components/console/session/sessions-console'
import { SESSIONS_PER_PAGE } from '../../../../components/first-look'
import { operatorOfPage } from '../../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../../trpc/server'

export const metadata: Metadata = { title: 'Stratum sessions' }

export default async function Page() {
  await operatorOfPage()
  const sessions = api.consoleSessions.list.infiniteQueryOptions(
    { search: '', order: 'newest', limit: SESSIONS_PER_PAGE },
    { getNextPageParam: (page) => page.nextCursor },
  )
  return withAnswers([queryClient().infiniteQuery(sessions)], <SessionsConsole />)
}
