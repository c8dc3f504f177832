'use client'

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { SessionOrder } from '@headframe/core/live/session-question'
import { useState } from 'react'
import { formatCount } from '../../../format/count'
import { useTRPC } from '../../../trpc/client'
import { Answer } from '../../answer'
import { Empty } from '../../empty'
import { SESSIONS_PER_PAGE } from '../../first-look'
import { SearchBar } from '../search-bar'
import { MoreButton } from '../../more-button'
import { Notice } from '../../notice'
import { Panel } from '../../panel'
import { Skeleton } from '../../skeleton'
import { useSettled } from '../use-settled'
import { SessionRows } from './session-rows'

/** Each look is a pass over all sessions of the pool. */
const REFRESH_MS = 10_000
const ORDERS: Readonly<Record<SessionOrder, string>> = {
  newest: 'Connected last',
  quiet: 'Without a share for longest',
  rejects: 'Most rejects',
}

/** Every Stratum connection that is open now. */
export function SessionsConsole({ search: asked }: { readonly search: string }) {
  const trpc = useTRPC()
  const [text, setText] = useState(asked)
  const [order, setOrder] = useState<SessionOrder>('newest')
  const search = useSettled(text).trim()
  const query = useInfiniteQuery({
    ...trpc.consoleSessions.list.infiniteQueryOptions(
      { search, order, limit: SESSIONS_PER_PAGE },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })
  return (
    <>
      <h1 className="mb-5 text-2xl">Stratum sessions</h1>
      <Panel title="Open now">
        <SearchBar
          label="Address, worker, client or IP address"
          text={text}
          onText={setText}
          orders={ORDERS}
          order={order}
          onOrder={setOrder}
        />
        <Answer query={query} what="sessions" loading={<Skeleton className="h-96" />}>
          {({ pages }) => {
            const first = pages[0]!
            const sessions = pages.flatMap((page) => page.sessions)
            return (
              <>
                <Unheard {...first} />
                <p className="text-quiet mb-3 text-sm" role="status">
                  {search === ''
                    ? `${formatCount(first.total)} open`
                    : `${formatCount(first.matching)} of ${formatCount(first.total)} open`}
                </p>
                {sessions.length === 0 ? (
                  <Empty title={search === '' ? 'Nobody is connected' : 'No open session has this in it'} />
                ) : (
                  <SessionRows sessions={sessions} />
                )}
                <MoreButton query={query} />
              </>
            )
          }}
        </Answer>
      </Panel>
    </>
  )
}

/** Processes that are not in the answer: what is shown is not all there is. */
export function Unheard({ asked, answered }: { readonly asked: number; readonly answered: number }) {
  if (asked > 0 && answered === asked) return null
  return (
    <div className="mb-4">
      {asked === 0 ? (
        <Notice tone="wrong" title="No stratum process hears the console" role="status">
          serve does not run, or Redis is away. Miners mine on without Redis; nobody can look at them.
        </Notice>
      ) : (
        <Notice tone="wait" title={`${answered} of ${asked} stratum processes have answered`} role="status">
          Sessions of the others are not shown.
        </Notice>
      )}
    </div>
  )
}
