import { sendTo } from '../../alert/channels'
import { operatorProcedure } from '../../trpc'
import { sendCodeSchema } from './send-code.schema'

export const sendCode = operatorProcedure(sendCodeSchema).mutation(({ ctx, input }) =>
  sendTo(ctx, ctx.viewer, input.id, 'verify'),
)
