import type { Metadata } from 'next'
import { SessionsConsole } from '../../../../components/console/session/sessions-console'
import { SESSIONS_PER_PAGE } from '../../../../components/first-look'
import { operatorOfPage } from '../../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../../trpc/server'

export const metadata: Metadata = { title: 'Stratum sessions' }

interface PageProps {
  readonly searchParams: Promise<{ readonly search?: string | string[] }>
}

export default async function Page({ searchParams }: PageProps) {
  await operatorOfPage()
  const asked = (await searchParams).search
  const search = typeof asked === 'string' ? asked.slice(0, 200) : ''
  const sessions = api.consoleSessions.list.infiniteQueryOptions(
    { search: search.trim(), order: 'newest', limit: SESSIONS_PER_PAGE },
    { getNextPageParam: (page) => page.nextCursor },
  )
  return withAnswers([queryClient().infiniteQuery(sessions)], <SessionsConsole search={search} />)
}
