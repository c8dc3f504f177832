import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { EARNINGS_PER_PAGE, MINER_PAYOUTS_PER_PAGE, SHARE_EARNING_DAYS } from '../../../components/first-look'
import { MinerPage } from '../../../components/miner/miner-page'
import { hostNameOf } from '../../../format/host'
import { shorten } from '../../../format/shorten'
import { viewOfParams, type ChartView, type SearchParams } from '../../../measure/chart-view'
import { firstRange } from '../../../measure/range'
import { workersViewOfParams } from '../../../measure/workers-view'
import { api, queryClient, withAnswers } from '../../../trpc/server'
import { addressOf } from './address-of'

interface PageProps {
  readonly params: Promise<{ address: string }>
  readonly searchParams: Promise<SearchParams>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Miner ${shorten(addressOf(await params), 8, 6)}` }
}

export default async function Page({ params, searchParams }: PageProps) {
  const address = addressOf(await params)
  const pageHost = hostNameOf((await headers()).get('host'))
  const search = await searchParams
  const asked = viewOfParams(search)
  const client = queryClient()
  const earnings = api.miner.earnings.infiniteQueryOptions(
    { address, limit: EARNINGS_PER_PAGE },
    { getNextPageParam: (page) => page.nextCursor },
  )
  const shareEarnings = api.miner.shareEarnings.infiniteQueryOptions(
    { address, days: SHARE_EARNING_DAYS },
    { getNextPageParam: (page) => page.nextCursor },
  )
  const payouts = api.miner.payouts.infiniteQueryOptions(
    { address, limit: MINER_PAYOUTS_PER_PAGE },
    { getNextPageParam: (page) => page.nextCursor },
  )
  return withAnswers(
    [
      readMiner(address, asked),
      client.query(api.miner.daily.queryOptions({ address })),
      client.query(api.miner.workers.queryOptions({ address })),
      client.query(api.miner.balance.queryOptions({ address })),
      client.query(api.pool.connect.queryOptions()),
      client.infiniteQuery(earnings),
      client.infiniteQuery(shareEarnings),
      client.infiniteQuery(payouts),
    ],
    <MinerPage
      address={address}
      pageHost={pageHost}
      asked={asked}
      workersView={workersViewOfParams(search)}
    />,
  )
}

/** The summary, and the chart that it begins with. */
async function readMiner(address: string, asked: ChartView | undefined): Promise<void> {
  const client = queryClient()
  const miner = await client.query(api.miner.summary.queryOptions({ address }))
  if (!miner.known) return
  const view = asked ?? { range: firstRange(miner.firstSeenAtMs, miner.nowMs) }
  await client.query(api.miner.hashrate.queryOptions({ address, range: view.range, ...view.zoom }))
}
