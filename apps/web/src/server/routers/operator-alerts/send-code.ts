import { sendTo } from '../../alert/channels'
import { actionProcedure } from '../../trpc'
import { sendCodeSchema } from './send-code.schema'
import { changeChannels } from './on-record'

export const sendCode = actionProcedure(sendCodeSchema).mutation(({ ctx, input }) =>
  changeChannels(ctx, () => sendTo(ctx, ctx.viewer, input.id, 'verify')),
)
