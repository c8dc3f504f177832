import { defaultShouldDehydrateQuery, QueryClient } from '@tanstack/react-query'
import superjson from 'superjson'

/** What the server has just rendered need not be asked again at once. */
const FRESH_MS = 5_000
const MAX_RETRIES = 2

/** Codes that come out the same however often one asks. */
const FINAL_CODES = ['BAD_REQUEST', 'NOT_FOUND', 'PRECONDITION_FAILED']

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: FRESH_MS, retry: (failures, error) => failures < MAX_RETRIES && !isFinal(error) },
      dehydrate: { serializeData: superjson.serialize, shouldDehydrateQuery: defaultShouldDehydrateQuery },
      hydrate: { deserializeData: superjson.deserialize },
    },
  })
}

/** Whether an error is about the question and not about the pool. */
export function isFinal(error: unknown): boolean {
  const code = (error as { readonly data?: { readonly code?: unknown } | null } | null)?.data?.code
  return typeof code === 'string' && FINAL_CODES.includes(code)
}
