import { refuse } from '../../error/refuse'
import { changePassword as change } from '../../operators/change-password'
import { actionProcedure } from '../../trpc'
import { changePasswordSchema } from './change-password.schema'
import { ownSession, sessionsOf } from './own'

export const changePassword = actionProcedure(changePasswordSchema).mutation(({ ctx, input }) => {
  const session = ownSession(ctx)
  return ctx.change.make(
    () => sessionsOf(ctx),
    async () => {
      const changed = await change(ctx, session, input)
      if (!changed.ok) throw refuse('input-invalid', changed.problem)
      return {}
    },
  )
})
