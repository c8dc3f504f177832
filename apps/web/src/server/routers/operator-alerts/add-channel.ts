import { addChannelFor } from '../../alert/channels'
import { operatorProcedure } from '../../trpc'
import { addChannelSchema } from './add-channel.schema'

export const addChannel = operatorProcedure(addChannelSchema).mutation(({ ctx, input }) =>
  addChannelFor(ctx, ctx.viewer, input),
)
