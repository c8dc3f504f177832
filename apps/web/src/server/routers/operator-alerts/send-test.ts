import { sendTo } from '../../alert/channels'
import { actionProcedure } from '../../trpc'
import { sendTestSchema } from './send-test.schema'
import { changeChannels } from './on-record'

export const sendTest = actionProcedure(sendTestSchema).mutation(({ ctx, input }) =>
  changeChannels(ctx, () => sendTo(ctx, ctx.viewer, input.id, 'test')),
)
