import { removeTotp } from '@headframe/db/operator/second-factor'
import { refuse } from '../../error/refuse'
import { confirmOneTimeCodes } from '../../operators/spare-codes'
import { actionProcedure } from '../../trpc'
import { addOneTimeCodesSchema, removeOneTimeCodesSchema } from './one-time-codes.schema'
import { oneTimeCodesOf, ownSession, refuseLastFactor } from './own'

export const addOneTimeCodes = actionProcedure(addOneTimeCodesSchema).mutation(({ ctx, input: { code } }) => {
  const session = ownSession(ctx)
  return ctx.change.make(
    () => oneTimeCodesOf(ctx),
    async () => {
      const confirmed = await confirmOneTimeCodes(ctx, session, code)
      if (!confirmed.ok) throw refuse('conflict', confirmed.problem)
      return {}
    },
  )
})

export const removeOneTimeCodes = actionProcedure(removeOneTimeCodesSchema).mutation(({ ctx }) => {
  const { operatorId } = ownSession(ctx)
  return ctx.change.make(
    () => oneTimeCodesOf(ctx),
    async () => {
      const outcome = await removeTotp(ctx.database, operatorId)
      if (outcome === 'unknown') throw refuse('not-found', 'You have no one-time codes.')
      if (outcome === 'last') throw refuseLastFactor()
      return {}
    },
  )
})
