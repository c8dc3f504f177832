'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client'

/** What a change is followed by: all that is known of the account is asked for again. */
export function useReload(): { readonly onSuccess: () => Promise<void> } {
  const client = useQueryClient()
  const trpc = useTRPC()
  return { onSuccess: () => client.invalidateQueries(trpc.account.pathFilter()) }
}
