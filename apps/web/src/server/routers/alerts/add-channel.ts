import { addChannelFor } from '../../alert/channels'
import { ownProcedure } from '../../trpc'
import { addChannelSchema } from './add-channel.schema'

export const addChannel = ownProcedure(addChannelSchema).mutation(({ ctx, input }) =>
  addChannelFor(ctx, ctx.viewer, input),
)
