import type { Metadata } from 'next'
import { AccountConsole } from '../../../../components/console/account/account-console'
import { operatorOfPage } from '../../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../../trpc/server'

export const metadata: Metadata = { title: 'Your account' }

export default async function Page() {
  await operatorOfPage()
  const client = queryClient()
  return withAnswers(
    [client.query(api.consoleAccount.overview.queryOptions()), client.query(api.console.me.queryOptions())],
    <AccountConsole />,
  )
}
