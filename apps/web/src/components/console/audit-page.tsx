'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { ACTIONS_PER_PAGE } from '../first-look'
import { MoreButton } from '../more-button'
import { Panel } from '../panel'
import { Skeleton } from '../skeleton'
import { ActionList } from './action-list'
import { AuditFilter, type Filter } from './audit-filter'

/** Nobody tells a page of an action: it asks. */
const REFRESH_MS = 5_000

export function AuditPage() {
  const trpc = useTRPC()
  const [filter, setFilter] = useState<Filter>({})
  const query = useInfiniteQuery({
    ...trpc.console.actions.infiniteQueryOptions(
      { ...filter, limit: ACTIONS_PER_PAGE },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    refetchInterval: REFRESH_MS,
  })
  const authors = query.data?.pages[0]?.authors ?? []
  return (
    <>
      <h1 className="mb-5 text-2xl">Audit log</h1>
      <Panel title="What was done, and by whom">
        <AuditFilter filter={filter} authors={authors} onChange={setFilter} />
        <Answer query={query} what="the audit log" loading={<Skeleton className="h-96" />}>
          {({ pages }) => {
            const actions = pages.flatMap((page) => page.actions)
            if (actions.length === 0) {
              return (
                <Empty title="Nothing to show">
                  {Object.keys(filter).length === 0
                    ? 'Each action of an operator is listed here, for good.'
                    : 'Nothing in the log fits what you have chosen.'}
                </Empty>
              )
            }
            return (
              <>
                <ActionList actions={actions} />
                <MoreButton query={query} />
              </>
            )
          }}
        </Answer>
      </Panel>
    </>
  )
}
