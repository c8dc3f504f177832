import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { choiceOfParams } from '../../components/connect/connect-choice'
import { ConnectPage } from '../../components/connect/connect-page'
import { hostNameOf } from '../../format/host'
import type { SearchParams } from '../../measure/chart-view'
import { api, queryClient, withAnswers } from '../../trpc/server'

export const metadata: Metadata = { title: 'Connect' }

interface PageProps {
  readonly searchParams: Promise<SearchParams>
}

export default async function Page({ searchParams }: PageProps) {
  const pageHost = hostNameOf((await headers()).get('host'))
  const choice = choiceOfParams(await searchParams)
  const client = queryClient()
  const { address } = choice
  return withAnswers(
    [
      client.query(api.pool.connect.queryOptions()),
      client.query(api.pool.refusals.queryOptions()),
      ...(address === '' ? [] : [client.query(api.miner.connections.queryOptions({ address }))]),
    ],
    <ConnectPage choice={choice} pageHost={pageHost} />,
  )
}
