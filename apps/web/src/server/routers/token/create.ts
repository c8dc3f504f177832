import { createTokenFor } from '../../token/create-for'
import { ownProcedure } from '../../trpc'
import { createSchema } from './create.schema'

export const create = ownProcedure(createSchema).mutation(({ ctx, input }) =>
  createTokenFor(ctx, ctx.viewer, input),
)
