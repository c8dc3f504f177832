import { initTRPC, TRPCError } from '@trpc/server'
import superjson from 'superjson'
import type { Context } from './context'

const PING_INTERVAL_MS = 10_000
/** A page that has heard nothing for this long takes the stream for broken and opens another. */
const SILENCE_MS = 30_000

const t = initTRPC.context<Context>().create({
  transformer: superjson,
  sse: {
    ping: { enabled: true, intervalMs: PING_INTERVAL_MS },
    client: { reconnectAfterInactivityMs: SILENCE_MS },
  },
  errorFormatter({ shape, error }) {
    // What broke inside is for our log; a visitor gets words that help him.
    if (error.code !== 'INTERNAL_SERVER_ERROR') return shape
    return {
      ...shape,
      message: 'The pool cannot read its records right now.',
      data: { ...shape.data, stack: undefined },
    }
  },
})

export const router = t.router
export const procedure = t.procedure
export const callerFactory = t.createCallerFactory
export { TRPCError }
