import type { Metadata } from 'next'
import { BestSharesPage } from '../../components/best-shares/best-shares-page'
import { BEST_PERIODS } from '../../measure/best-period'
import type { SearchParams } from '../../measure/chart-view'
import { api, queryClient, withAnswers } from '../../trpc/server'

export const metadata: Metadata = { title: 'Best shares' }

interface PageProps {
  readonly searchParams: Promise<SearchParams>
}

export default async function Page({ searchParams }: PageProps) {
  const { of } = await searchParams
  const period = BEST_PERIODS.find((each) => each === of) ?? 'day'
  return withAnswers(
    [queryClient().query(api.pool.bestShares.queryOptions({ period }))],
    <BestSharesPage period={period} />,
  )
}
