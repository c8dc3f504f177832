import { createTokenFor } from '../../token/create-for'
import { operatorProcedure } from '../../trpc'
import { createSchema } from './create.schema'

export const create = operatorProcedure(createSchema).mutation(({ ctx, input }) =>
  createTokenFor(ctx, ctx.viewer, input),
)
