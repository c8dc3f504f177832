import { headers } from 'next/headers'
import { FIRST_RANGE, LAST_BLOCKS } from '../components/first-look'
import { PoolPage } from '../components/pool/pool-page'
import { hostNameOf } from '../format/host'
import { api, queryClient, withAnswers } from '../trpc/server'

export default async function Page() {
  const pageHost = hostNameOf((await headers()).get('host'))
  const client = queryClient()
  return withAnswers(
    [
      client.query(api.pool.summary.queryOptions()),
      client.query(api.pool.hashrate.queryOptions({ range: FIRST_RANGE })),
      client.query(api.blocks.list.queryOptions({ limit: LAST_BLOCKS })),
      client.query(api.pool.connect.queryOptions()),
    ],
    <PoolPage pageHost={pageHost} />,
  )
}
