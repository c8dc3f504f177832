import { addChannelFor } from '../../alert/channels'
import { actionProcedure } from '../../trpc'
import { addChannelSchema } from './add-channel.schema'
import { changeChannels } from './on-record'

export const addChannel = actionProcedure(addChannelSchema).mutation(({ ctx, input }) =>
  changeChannels(ctx, () => addChannelFor(ctx, ctx.viewer, input)),
)
