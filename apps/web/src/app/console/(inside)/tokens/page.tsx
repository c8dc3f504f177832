import type { Metadata } from 'next'
import { OperatorTokensPanel } from '../../../../components/token/tokens-panel'
import { operatorOfPage } from '../../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../../trpc/server'

export const metadata: Metadata = { title: 'Your tokens' }

export default async function Page() {
  await operatorOfPage()
  const client = queryClient()
  return withAnswers(
    [client.query(api.operatorToken.list.queryOptions()), client.query(api.console.me.queryOptions())],
    <>
      <h1 className="mb-5 text-2xl">Your tokens</h1>
      <OperatorTokensPanel />
    </>,
  )
}
