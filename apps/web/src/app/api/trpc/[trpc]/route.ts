import type { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { errorKind } from '../../../../server/error/kinds'
import { ApiError } from '../../../../server/error/refuse'
import { logError } from '../../../../server/log'
import { appRouter } from '../../../../server/routers/root'
import { crossSite, isCrossSite } from '../../../../server/same-site'
import { requestContext, serverContext } from '../../../../server/runtime'
import { MAX_BATCH_SIZE } from '../../../../trpc/batch'

function handle(request: Request): Response | Promise<Response> {
  // A query changes nothing, and no other site can read its answer.
  if (request.method !== 'GET' && isCrossSite(request.headers, serverContext().publicUrl)) return crossSite()
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: ({ resHeaders }) => requestContext(request.headers, resHeaders),
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

export { handle as GET, handle as POST }
