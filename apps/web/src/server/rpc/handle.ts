import type { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { MAX_BATCH_SIZE } from '../../trpc/batch'
import type { RequestContext } from '../context'
import { errorKind } from '../error/kinds'
import { ApiError } from '../error/refuse'
import { logError } from '../log'
import { appRouter } from '../routers/root'
import { crossSite, isCrossSite } from '../same-site'

export const RPC_PATH = '/api/trpc'

export interface RpcModules {
  readonly publicUrl: string | undefined
  /** Who asks, and what he works with; headers that it sets go out with the answer. Throws ApiError. */
  readonly contextOf: (headers: Headers, answer: Headers) => Promise<RequestContext>
}

/** Answers a request below /api/trpc: the calls of our own pages, several in one. */
export async function handleRpc(request: Request, { publicUrl, contextOf }: RpcModules): Promise<Response> {
  // A query changes nothing, and no other site can read its answer.
  if (request.method !== 'GET' && isCrossSite(request.headers, publicUrl)) return crossSite()
  return fetchRequestHandler({
    endpoint: RPC_PATH,
    req: request,
    router: appRouter,
    createContext: ({ resHeaders }) => contextOf(request.headers, resHeaders),
    maxBatchSize: MAX_BATCH_SIZE,
    responseMeta: ({ errors }) => ({ headers: retryAfter(errors) }),
    onError({ error, path }) {
      // A page that leaves breaks its stream off; that is how it ends.
      if (request.signal.aborted) return
      if (error.code === 'INTERNAL_SERVER_ERROR') logError(`${path ?? 'a call'} failed`, error.cause ?? error)
    },
  })
}

/** Of errors that say themselves when to come back. */
function retryAfter(errors: readonly TRPCError[]): Record<string, string> {
  const seconds = errors.flatMap((error) =>
    error instanceof ApiError ? (errorKind(error.reason).retryAfterSeconds ?? []) : [],
  )
  return seconds.length === 0 ? {} : { 'retry-after': String(Math.max(...seconds)) }
}
