'use client'

import { useQuery } from '@tanstack/react-query'
import { useNow } from '../../clock/clock'
import type { ActionName } from '../../server/operators/roles'
import { useTRPC } from '../../trpc/client'

/** Who looks at the console, what he may do, and whether his second factor is fresh. */
export function useMe() {
  const trpc = useTRPC()
  const nowMs = useNow()
  const { data, refetch } = useQuery(trpc.console.me.queryOptions())
  return {
    mayDo: (action: ActionName) => data?.actions.includes(action) === true,
    isFresh: data?.freshUntilMs !== undefined && data.freshUntilMs > nowMs,
    refetch,
  }
}
