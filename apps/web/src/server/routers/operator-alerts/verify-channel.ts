import { verifyFor } from '../../alert/channels'
import { actionProcedure } from '../../trpc'
import { verifyChannelSchema } from './verify-channel.schema'
import { changeChannels } from './on-record'

export const verifyChannel = actionProcedure(verifyChannelSchema).mutation(({ ctx, input }) =>
  changeChannels(ctx, () => verifyFor(ctx, ctx.viewer, input)),
)
