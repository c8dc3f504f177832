import { createTokenFor } from '../../token/create-for'
import { actionProcedure } from '../../trpc'
import { createSchema } from './create.schema'
import { ownTokens } from './own-tokens'

export const create = actionProcedure(createSchema).mutation(({ ctx, input }) =>
  ctx.change.make(
    () => ownTokens(ctx),
    () => createTokenFor(ctx, ctx.viewer, input),
  ),
)
