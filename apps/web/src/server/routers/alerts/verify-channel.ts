import { verifyFor } from '../../alert/channels'
import { ownProcedure } from '../../trpc'
import { verifyChannelSchema } from './verify-channel.schema'

export const verifyChannel = ownProcedure(verifyChannelSchema).mutation(({ ctx, input }) =>
  verifyFor(ctx, ctx.viewer, input),
)
