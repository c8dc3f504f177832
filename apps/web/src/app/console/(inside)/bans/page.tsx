import type { Metadata } from 'next'
import { BansConsole } from '../../../../components/console/ban/bans-console'
import { operatorOfPage } from '../../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../../trpc/server'

export const metadata: Metadata = { title: 'Bans' }

interface PageProps {
  readonly searchParams: Promise<{ readonly address?: string | string[] }>
}

export default async function Page({ searchParams }: PageProps) {
  await operatorOfPage()
  const { address } = await searchParams
  const asked = typeof address === 'string' ? address : ''
  return withAnswers(
    [queryClient().query(api.consoleBans.list.queryOptions())],
    <BansConsole address={asked} />,
  )
}
