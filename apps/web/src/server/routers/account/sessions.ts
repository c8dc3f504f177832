import { recordChange } from '@headframe/db/account/record-change'
import { endSessions as end, listSessions } from '@headframe/db/account/session'
import { SESSION_TERMS } from '../../account/session-terms'
import { changedBy } from '../../account/viewer-author'
import type { Context } from '../../context'
import { ownProcedure } from '../../trpc'
import type { MinerViewer } from '../../viewer'
import { endSessionSchema, endSessionsSchema, sessionsSchema } from './sessions.schema'

/** Browsers that are signed in, the one used last first. */
export const sessions = ownProcedure(sessionsSchema).query(async ({ ctx }) => {
  const { minerId, sessionId } = ctx.viewer
  const found = await listSessions(ctx.database.pool, minerId, SESSION_TERMS, ctx.nowMs())
  return found.map((session) => ({ ...session, isThis: session.sessionId === sessionId }))
})

/** Ends one; one of another miner is none. */
export const endSession = ownProcedure(endSessionSchema).mutation(({ ctx, input }) => endThem(ctx, input))

export const endSessions = ownProcedure(endSessionsSchema).mutation(({ ctx }) => endThem(ctx, 'all'))

async function endThem(
  { database, nowMs, viewer }: Context & { readonly viewer: MinerViewer },
  which: { readonly sessionId: number } | 'all',
) {
  const ended = await end(database.pool, viewer.minerId, which, nowMs())
  if (ended === 0) return { ended }
  const before = which === 'all' ? `${ended} sessions` : `session ${which.sessionId}`
  const change = { what: 'session-ended', before, after: undefined } as const
  await recordChange(database.pool, viewer.minerId, change, changedBy(viewer, nowMs()))
  return { ended }
}
