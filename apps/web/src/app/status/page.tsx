import type { Metadata } from 'next'
import { StatusPage } from '../../components/status/status-page'
import { api, queryClient, withAnswers } from '../../trpc/server'

export const metadata: Metadata = { title: 'Status' }

export default function Page() {
  const client = queryClient()
  return withAnswers(
    [client.query(api.pool.parts.queryOptions()), client.query(api.pool.status.queryOptions())],
    <StatusPage />,
  )
}
