import { removeChannelFor } from '../../alert/channels'
import { ownProcedure } from '../../trpc'
import { removeChannelSchema } from './remove-channel.schema'

export const removeChannel = ownProcedure(removeChannelSchema).mutation(({ ctx, input }) =>
  removeChannelFor(ctx, ctx.viewer, input.id),
)
