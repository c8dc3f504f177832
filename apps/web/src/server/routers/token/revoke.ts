import { revokeTokenFor } from '../../token/revoke-for'
import { ownProcedure } from '../../trpc'
import { revokeSchema } from './revoke.schema'

export const revoke = ownProcedure(revokeSchema).mutation(({ ctx, input }) =>
  revokeTokenFor(ctx, ctx.viewer, input.id),
)
