import type { Metadata } from 'next'
import { ProcessesPage } from '../../../../components/console/system/processes-page'
import { operatorOfPage } from '../../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../../trpc/server'

export const metadata: Metadata = { title: 'Processes' }

export default async function Page() {
  await operatorOfPage()
  const client = queryClient()
  const { consoleSystem, console } = api
  return withAnswers(
    [
      client.query(consoleSystem.processes.queryOptions()),
      client.query(consoleSystem.queues.queryOptions()),
      client.query(consoleSystem.journal.queryOptions()),
      client.query(console.me.queryOptions()),
    ],
    <ProcessesPage />,
  )
}
