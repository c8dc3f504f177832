import { verifyFor } from '../../alert/channels'
import { operatorProcedure } from '../../trpc'
import { verifyChannelSchema } from './verify-channel.schema'

export const verifyChannel = operatorProcedure(verifyChannelSchema).mutation(({ ctx, input }) =>
  verifyFor(ctx, ctx.viewer, input),
)
