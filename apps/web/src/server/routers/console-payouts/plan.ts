import { requestPlan } from '@headframe/db/payout/control'
import { actionProcedure } from '../../trpc'
import { changePayouts } from './change'
import { planSchema } from './plan.schema'

export const plan = actionProcedure(planSchema).mutation(({ ctx }) =>
  changePayouts(ctx, () => requestPlan(ctx.database, ctx.viewer.name, ctx.nowMs())),
)
