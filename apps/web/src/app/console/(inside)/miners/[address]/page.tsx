import type { Metadata } from 'next'
import { MinerConsole } from '../../../../../components/console/miner/miner-console'
import { SESSIONS_PER_PAGE } from '../../../../../components/first-look'
import { shorten } from '../../../../../format/shorten'
import { operatorOfPage } from '../../../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../../../trpc/server'
import { addressOf } from '../../../../miners/[address]/address-of'

interface PageProps {
  readonly params: Promise<{ readonly address: string }>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Miner ${shorten(addressOf(await params), 8, 6)}` }
}

export default async function Page({ params }: PageProps) {
  await operatorOfPage()
  const address = addressOf(await params)
  const client = queryClient()
  return withAnswers(
    [
      client.query(api.consoleMiners.one.queryOptions({ address })),
      client.query(api.miner.balance.queryOptions({ address })),
      client.query(api.miner.workers.queryOptions({ address })),
      client.query(api.consoleSessions.list.queryOptions({ address, limit: SESSIONS_PER_PAGE })),
    ],
    <MinerConsole address={address} />,
  )
}
