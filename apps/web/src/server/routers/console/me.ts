import { ACTIONS, mayDo, type ActionName } from '../../operators/roles'
import { freshUntil } from '../../operators/session-terms'
import { operatorProcedure } from '../../trpc'
import { meSchema } from './me.schema'

export const me = operatorProcedure(meSchema).query(({ ctx }) => {
  const { name, role, secondFactorAtMs } = ctx.viewer
  const actions = (Object.keys(ACTIONS) as ActionName[]).filter((action) => mayDo(role, action))
  return { name, role, actions, freshUntilMs: freshUntil(secondFactorAtMs, ctx.nowMs()) }
})
