import type { Metadata } from 'next'
import { BlockPage } from '../../../components/block/block-page'
import { SPLIT_LINES_PER_PAGE } from '../../../components/first-look'
import { shorten } from '../../../format/shorten'
import { api, queryClient, withAnswers } from '../../../trpc/server'

interface PageProps {
  readonly params: Promise<{ hash: string }>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Block ${shorten((await params).hash, 4, 8)}` }
}

export default async function Page({ params }: PageProps) {
  const hash = (await params).hash.toLowerCase()
  const lines = api.blocks.earnings.infiniteQueryOptions(
    { hash, limit: SPLIT_LINES_PER_PAGE },
    { getNextPageParam: (page) => page.nextCursor },
  )
  const client = queryClient()
  return withAnswers(
    [
      client.query(api.blocks.one.queryOptions({ hash })),
      client.query(api.blocks.coinbase.queryOptions({ hash })),
      client.infiniteQuery(lines),
    ],
    <BlockPage hash={hash} />,
  )
}
