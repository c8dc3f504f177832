import { pausePayouts } from '@headframe/db/payout/control'
import { actionProcedure } from '../../trpc'
import { changePayouts } from './change'
import { pauseSchema } from './pause.schema'

export const pause = actionProcedure(pauseSchema).mutation(({ ctx, input: { reason } }) =>
  changePayouts(ctx, () => pausePayouts(ctx.database, ctx.viewer.name, reason, ctx.nowMs())),
)
