import { endSession as end, endSessions } from '@headframe/db/operator/session'
import { refuse } from '../../error/refuse'
import { actionProcedure } from '../../trpc'
import { ownSession, sessionsOf } from './own'
import { endOtherSessionsSchema, endSessionSchema } from './sessions.schema'

/** Ends one; one of another operator is none. */
export const endSession = actionProcedure(endSessionSchema).mutation(({ ctx, input: { id } }) => {
  const { operatorId } = ownSession(ctx)
  return ctx.change.make(
    () => sessionsOf(ctx),
    async () => {
      if (!(await end(ctx.database.pool, operatorId, id, ctx.nowMs())))
        throw refuse('not-found', `You have no session ${id}.`)
      return { id }
    },
  )
})

export const endOtherSessions = actionProcedure(endOtherSessionsSchema).mutation(({ ctx }) => {
  const own = ownSession(ctx)
  return ctx.change.make(
    () => sessionsOf(ctx),
    async () => {
      await endSessions(ctx.database.pool, own.operatorId, ctx.nowMs(), own.id)
      return {}
    },
  )
})
