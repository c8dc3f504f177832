import { removeChannelFor } from '../../alert/channels'
import { actionProcedure } from '../../trpc'
import { removeChannelSchema } from './remove-channel.schema'
import { changeChannels } from './on-record'

export const removeChannel = actionProcedure(removeChannelSchema).mutation(({ ctx, input }) =>
  changeChannels(ctx, () => removeChannelFor(ctx, ctx.viewer, input.id)),
)
