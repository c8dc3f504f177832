import { headers } from 'next/headers'
import { LAST_BLOCKS } from '../components/first-look'
import { PoolPage } from '../components/pool/pool-page'
import { hostNameOf } from '../format/host'
import { viewOfParams, type ChartView, type SearchParams } from '../measure/chart-view'
import { firstRange } from '../measure/range'
import { api, queryClient, withAnswers } from '../trpc/server'

interface PageProps {
  readonly searchParams: Promise<SearchParams>
}

export default async function Page({ searchParams }: PageProps) {
  const asked = viewOfParams(await searchParams)
  const pageHost = hostNameOf((await headers()).get('host'))
  const client = queryClient()
  return withAnswers(
    [
      readPool(asked),
      client.query(api.pool.luck.queryOptions()),
      client.query(api.pool.tips.queryOptions()),
      client.query(api.blocks.list.queryOptions({ limit: LAST_BLOCKS })),
      client.query(api.pool.connect.queryOptions()),
    ],
    <PoolPage pageHost={pageHost} asked={asked} />,
  )
}

/** The summary, and the chart that it begins with. */
async function readPool(asked: ChartView | undefined): Promise<void> {
  const client = queryClient()
  const pool = await client.query(api.pool.summary.queryOptions())
  if (!pool.isSetUp) return
  const view = asked ?? { range: firstRange(pool.record.firstShareAtMs, pool.nowMs) }
  await client.query(api.pool.hashrate.queryOptions({ range: view.range, ...view.zoom }))
}
