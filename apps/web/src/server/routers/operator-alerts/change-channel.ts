import { changeChannelFor } from '../../alert/channels'
import { actionProcedure } from '../../trpc'
import { changeChannelSchema } from './change-channel.schema'
import { changeChannels } from './on-record'

export const changeChannel = actionProcedure(changeChannelSchema).mutation(({ ctx, input }) =>
  changeChannels(ctx, () => changeChannelFor(ctx, ctx.viewer, input)),
)
