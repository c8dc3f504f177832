import { resumePayouts } from '@headframe/db/payout/control'
import { actionProcedure } from '../../trpc'
import { changePayouts } from './change'
import { resumeSchema } from './resume.schema'

export const resume = actionProcedure(resumeSchema).mutation(({ ctx }) =>
  changePayouts(ctx, () => resumePayouts(ctx.database, ctx.viewer.name, ctx.nowMs())),
)
