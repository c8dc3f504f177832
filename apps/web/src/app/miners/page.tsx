import type { Metadata } from 'next'
import { MinersPage } from '../../components/pool/miners-page'
import { api, queryClient, withAnswers } from '../../trpc/server'

export const metadata: Metadata = { title: 'Miners' }

export default function Page() {
  return withAnswers([queryClient().query(api.pool.miners.queryOptions())], <MinersPage />)
}
