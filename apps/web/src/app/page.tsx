import { headers } from 'next/headers'
import { LAST_BLOCKS } from '../components/first-look'
import { PoolPage } from '../components/pool/pool-page'
import { hostNameOf } from '../format/host'
import { firstRange } from '../measure/range'
import { api, queryClient, withAnswers } from '../trpc/server'

export default async function Page() {
  const pageHost = hostNameOf((await headers()).get('host'))
  const client = queryClient()
  return withAnswers(
    [
      readPool(),
      client.query(api.blocks.list.queryOptions({ limit: LAST_BLOCKS })),
      client.query(api.pool.connect.queryOptions()),
    ],
    <PoolPage pageHost={pageHost} />,
  )
}

/** The summary, and the chart that it begins with. */
async function readPool(): Promise<void> {
  const client = queryClient()
  const pool = await client.query(api.pool.summary.queryOptions())
  if (!pool.isSetUp) return
  const range = firstRange(pool.record.firstShareAtMs, pool.nowMs)
  await client.query(api.pool.hashrate.queryOptions({ range }))
}
