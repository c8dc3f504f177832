import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { AccountPage } from '../../components/account/account-page'
import { ProvePage } from '../../components/account/prove-page'
import { HISTORY_PER_PAGE } from '../../components/first-look'
import { requestContext } from '../../server/runtime'
import { api, queryClient, withAnswers } from '../../trpc/server'

export const metadata: Metadata = { title: 'Your account' }

interface PageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}

export default async function Page({ searchParams }: PageProps) {
  const { viewer } = await requestContext(await headers())
  if (viewer.kind === 'miner') return account(viewer.address)
  const { address } = await searchParams
  const text = typeof address === 'string' ? address.trim() : ''
  return <ProvePage address={text} asked={text === '' ? undefined : await ask(text)} />
}

/** The text to sign, or what is wrong with the address. */
async function ask(address: string) {
  try {
    return await queryClient().query(api.account.challenge.queryOptions({ address }))
  } catch (error) {
    return { problem: (error as Error).message }
  }
}

function account(address: string) {
  const client = queryClient()
  const history = api.account.history.infiniteQueryOptions(
    { limit: HISTORY_PER_PAGE },
    { getNextPageParam: (page) => page.nextCursor },
  )
  return withAnswers(
    [
      client.query(api.account.overview.queryOptions()),
      client.query(api.account.workers.queryOptions()),
      client.query(api.account.sessions.queryOptions()),
      client.query(api.alerts.overview.queryOptions()),
      client.query(api.alerts.deliveries.queryOptions({})),
      client.query(api.token.list.queryOptions()),
      client.infiniteQuery(history),
    ],
    <AccountPage address={address} />,
  )
}
