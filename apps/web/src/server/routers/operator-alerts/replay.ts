import { replayFor } from '../../alert/deliveries'
import { actionProcedure } from '../../trpc'
import { replaySchema } from './replay.schema'
import { changeChannels } from './on-record'

export const replay = actionProcedure(replaySchema).mutation(({ ctx, input }) =>
  changeChannels(ctx, () => replayFor(ctx, ctx.viewer, input.id)),
)
