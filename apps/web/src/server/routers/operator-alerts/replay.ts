import { replayFor } from '../../alert/deliveries'
import { operatorProcedure } from '../../trpc'
import { replaySchema } from './replay.schema'

export const replay = operatorProcedure(replaySchema).mutation(({ ctx, input }) =>
  replayFor(ctx, ctx.viewer, input.id),
)
