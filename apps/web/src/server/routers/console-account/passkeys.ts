import { removePasskey as remove } from '@headframe/db/operator/passkey'
import { refuse } from '../../error/refuse'
import { finishPasskey } from '../../operators/passkey'
import { actionProcedure } from '../../trpc'
import { ownSession, passkeysOf, refuseLastFactor } from './own'
import { addPasskeySchema, removePasskeySchema } from './passkeys.schema'

export const addPasskey = actionProcedure(addPasskeySchema).mutation(({ ctx, input }) => {
  const session = ownSession(ctx)
  return ctx.change.make(
    () => passkeysOf(ctx),
    async () => {
      const made = await finishPasskey(ctx, session, ctx.site, input)
      if (!made.ok) throw refuse('conflict', made.problem)
      return {}
    },
  )
})

export const removePasskey = actionProcedure(removePasskeySchema).mutation(({ ctx, input: { id } }) => {
  const { operatorId } = ownSession(ctx)
  return ctx.change.make(
    () => passkeysOf(ctx),
    async () => {
      const outcome = await remove(ctx.database, operatorId, Buffer.from(id, 'base64url'))
      if (outcome === 'unknown') throw refuse('not-found', 'You have no such passkey.')
      if (outcome === 'last') throw refuseLastFactor()
      return { id }
    },
  )
})
