'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { HISTORY_PER_PAGE } from '../first-look'
import { MoreButton } from '../more-button'
import { Panel } from '../panel'
import { Skeleton } from '../skeleton'
import { ChangeRows } from './change-rows'

/** All that was ever changed, and by whom: what he did not do himself, he sees here. */
export function HistoryPanel({ className = '' }: { readonly className?: string }) {
  const query = useInfiniteQuery(
    useTRPC().account.history.infiniteQueryOptions(
      { limit: HISTORY_PER_PAGE },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  return (
    <Panel title="History" className={className}>
      <Answer query={query} what="your history" loading={<Skeleton className="h-32" />}>
        {({ pages }) => {
          const changes = pages.flatMap((page) => page.changes)
          if (changes.length === 0)
            return <Empty title="Nothing was changed yet">What is changed stands here for good.</Empty>
          return (
            <>
              <ChangeRows caption="Changes of your settings" changes={changes} />
              <MoreButton query={query} />
            </>
          )
        }}
      </Answer>
    </Panel>
  )
}
