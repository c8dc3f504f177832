import { changeChannelFor } from '../../alert/channels'
import { ownProcedure } from '../../trpc'
import { changeChannelSchema } from './change-channel.schema'

export const changeChannel = ownProcedure(changeChannelSchema).mutation(({ ctx, input }) =>
  changeChannelFor(ctx, ctx.viewer, input),
)
