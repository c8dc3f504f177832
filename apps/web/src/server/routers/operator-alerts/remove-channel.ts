import { removeChannelFor } from '../../alert/channels'
import { operatorProcedure } from '../../trpc'
import { removeChannelSchema } from './remove-channel.schema'

export const removeChannel = operatorProcedure(removeChannelSchema).mutation(({ ctx, input }) =>
  removeChannelFor(ctx, ctx.viewer, input.id),
)
