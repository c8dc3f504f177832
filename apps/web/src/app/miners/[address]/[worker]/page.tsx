import type { Metadata } from 'next'
import { WorkerPage } from '../../../../components/worker/worker-page'
import { viewOfParams, type ChartView, type SearchParams } from '../../../../measure/chart-view'
import { workerNameOfPath } from '../../../../paths'
import { api, queryClient, withAnswers } from '../../../../trpc/server'
import { addressOf } from '../address-of'

interface PageProps {
  readonly params: Promise<{ address: string; worker: string }>
  readonly searchParams: Promise<SearchParams>
}

/** Most machines are looked at for what they did today. */
const FIRST_VIEW: ChartView = { range: '24h' }

async function workerOf({ params }: PageProps) {
  const { address, worker } = await params
  return { address: addressOf({ address }), worker: workerNameOfPath(addressOf({ address: worker })) }
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const { worker } = await workerOf(props)
  return { title: worker === '' ? 'Worker without a name' : `Worker ${worker}` }
}

export default async function Page(props: PageProps) {
  const { address, worker } = await workerOf(props)
  const view = viewOfParams(await props.searchParams) ?? FIRST_VIEW
  const client = queryClient()
  const input = { address, worker, range: view.range, ...view.zoom }
  return withAnswers(
    [
      client.query(api.worker.summary.queryOptions({ address, worker })),
      client.query(api.worker.hashrate.queryOptions(input)),
      client.query(api.worker.timeline.queryOptions(input)),
    ],
    <WorkerPage address={address} name={worker} asked={view} />,
  )
}
