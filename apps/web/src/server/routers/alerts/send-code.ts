import { sendTo } from '../../alert/channels'
import { ownProcedure } from '../../trpc'
import { sendCodeSchema } from './send-code.schema'

export const sendCode = ownProcedure(sendCodeSchema).mutation(({ ctx, input }) =>
  sendTo(ctx, ctx.viewer, input.id, 'verify'),
)
