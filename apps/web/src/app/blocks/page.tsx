import type { Metadata } from 'next'
import { BlocksPage } from '../../components/block/blocks-page'
import { BLOCKS_PER_PAGE } from '../../components/first-look'
import { api, queryClient, withAnswers } from '../../trpc/server'

export const metadata: Metadata = { title: 'Blocks' }

export default function Page() {
  const blocks = api.blocks.list.infiniteQueryOptions(
    { limit: BLOCKS_PER_PAGE },
    { getNextPageParam: (page) => page.nextCursor },
  )
  return withAnswers([queryClient().infiniteQuery(blocks)], <BlocksPage />)
}
