import type { Metadata } from 'next'
import { NodesPage } from '../../../../components/console/system/nodes-page'
import { operatorOfPage } from '../../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../../trpc/server'

export const metadata: Metadata = { title: 'Nodes' }

export default async function Page() {
  await operatorOfPage()
  return withAnswers([queryClient().query(api.consoleSystem.nodes.queryOptions())], <NodesPage />)
}
