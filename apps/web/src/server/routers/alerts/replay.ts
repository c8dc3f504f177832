import { replayFor } from '../../alert/deliveries'
import { ownProcedure } from '../../trpc'
import { replaySchema } from './replay.schema'

export const replay = ownProcedure(replaySchema).mutation(({ ctx, input }) =>
  replayFor(ctx, ctx.viewer, input.id),
)
