'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { BLOCKS_PER_PAGE } from '../first-look'
import { MoreButton } from '../more-button'
import { Panel } from '../panel'
import { Skeleton } from '../skeleton'
import { BlockRows } from './block-rows'

export function BlocksPage() {
  const trpc = useTRPC()
  const query = useInfiniteQuery(
    trpc.blocks.list.infiniteQueryOptions(
      { limit: BLOCKS_PER_PAGE },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  return (
    <>
      <h1 className="mb-5 text-2xl">Blocks</h1>
      <Panel title="Found by the pool">
        <Answer query={query} what="blocks" loading={<Skeleton className="h-96" />}>
          {({ pages }) => {
            const blocks = pages.flatMap((page) => page.blocks)
            if (blocks.length === 0) {
              return (
                <Empty title="No block yet">
                  Each block the pool finds is listed here, those that lost their place too.
                </Empty>
              )
            }
            return (
              <>
                <BlockRows blocks={blocks} isLong />
                <MoreButton query={query} />
              </>
            )
          }}
        </Answer>
      </Panel>
    </>
  )
}
