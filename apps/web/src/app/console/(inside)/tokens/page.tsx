import type { Metadata } from 'next'
import { OperatorTokensPanel } from '../../../../components/token/tokens-panel'
import { operatorOfPage } from '../../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../../trpc/server'

export const metadata: Metadata = { title: 'Your tokens' }

export default async function Page() {
  await operatorOfPage()
  return withAnswers(
    [queryClient().query(api.operatorToken.list.queryOptions())],
    <>
      <h1 className="mb-5 text-2xl">Your tokens</h1>
      <OperatorTokensPanel />
    </>,
  )
}
