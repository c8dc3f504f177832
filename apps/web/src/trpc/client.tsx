'use client'

import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { useState, type ReactNode } from 'react'
import superjson from 'superjson'
import type { AppRouter } from '../server/routers/root'
import { MAX_BATCH_SIZE } from './batch'
import { makeQueryClient } from './query-client'

const ENDPOINT = '/api/trpc'

const { TRPCProvider, useTRPC } = createTRPCContext<AppRouter>()
export { useTRPC }

/** Calls travel in batches; what changes comes by another way (`live/follow-live.ts`). */
export function ApiProvider({ children }: { readonly children: ReactNode }) {
  const queryClient = browserQueryClient()
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [httpBatchLink({ url: ENDPOINT, transformer: superjson, maxItems: MAX_BATCH_SIZE })],
    }),
  )
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  )
}

let inBrowser: QueryClient | undefined

/** One in a browser, kept while React throws away a first render; a new one for each page the server renders. */
function browserQueryClient(): QueryClient {
  if (typeof window === 'undefined') return makeQueryClient()
  return (inBrowser ??= makeQueryClient())
}
