import type { Metadata } from 'next'
import { MinersConsole } from '../../../../components/console/miner/miners-console'
import { CONSOLE_MINERS_PER_PAGE } from '../../../../components/first-look'
import { operatorOfPage } from '../../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../../trpc/server'

export const metadata: Metadata = { title: 'All miners' }

export default async function Page() {
  await operatorOfPage()
  const miners = api.consoleMiners.list.infiniteQueryOptions(
    { search: '', order: 'hashrate', limit: CONSOLE_MINERS_PER_PAGE },
    { getNextPageParam: (page) => page.nextCursor },
  )
  return withAnswers([queryClient().infiniteQuery(miners)], <MinersConsole />)
}
