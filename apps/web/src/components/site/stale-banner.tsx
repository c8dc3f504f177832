'use client'

import { useQueryClient, type Query, type QueryClient } from '@tanstack/react-query'
import { useCallback, useState, useSyncExternalStore } from 'react'
import { useNow } from '../../clock/clock'
import { formatAge, formatUtc } from '../../format/time'
import { useLiveState } from '../../live/live-provider'

/** Streams break for a moment when a phone changes networks; only more than that is worth a banner. */
const PATIENCE_MS = 6_000

/** Says that what stands on the page is old. Fixed to the bottom, so that nothing moves when it comes. */
export function StaleBanner() {
  const isBroken = useLiveState() === 'broken'
  const isUnread = useHasStaleAnswer()
  const title = isBroken ? 'Connection to the pool lost' : 'The pool cannot read its records'
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-0 z-20 flex justify-center p-3">
      {(isBroken || isUnread) && <Since title={title} />}
    </div>
  )
}

/** Lives as long as the trouble. */
function Since({ title }: { readonly title: string }) {
  const nowMs = useNow()
  const [sinceMs] = useState(nowMs)
  if (nowMs - sinceMs < PATIENCE_MS) return null
  return (
    <p className="border-oxide/60 bg-oxide-wash text-ink shadow-lift rounded border px-4 py-2 text-sm">
      {title} {formatAge(sinceMs, nowMs)}. What you see is from {formatUtc(sinceMs)}.
    </p>
  )
}

/** Whether something on the page could not be asked again. */
function useHasStaleAnswer(): boolean {
  const queryClient = useQueryClient()
  const subscribe = useCallback(
    (listener: () => void) => queryClient.getQueryCache().subscribe(listener),
    [queryClient],
  )
  return useSyncExternalStore(
    subscribe,
    () => hasStaleAnswer(queryClient),
    () => false,
  )
}

function hasStaleAnswer(queryClient: QueryClient): boolean {
  return queryClient.getQueryCache().getAll().some(isStaleAnswer)
}

function isStaleAnswer(query: Query): boolean {
  return query.state.status === 'error' && query.state.data !== undefined && query.getObserversCount() > 0
}
