import { revokeTokenFor } from '../../token/revoke-for'
import { operatorProcedure } from '../../trpc'
import { revokeSchema } from './revoke.schema'

export const revoke = operatorProcedure(revokeSchema).mutation(({ ctx, input }) =>
  revokeTokenFor(ctx, ctx.viewer, input.id),
)
