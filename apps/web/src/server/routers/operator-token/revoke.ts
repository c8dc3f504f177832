import { revokeTokenFor } from '../../token/revoke-for'
import { actionProcedure } from '../../trpc'
import { ownTokens } from './own-tokens'
import { revokeSchema } from './revoke.schema'

export const revoke = actionProcedure(revokeSchema).mutation(({ ctx, input }) =>
  ctx.change.make(
    () => ownTokens(ctx),
    () => revokeTokenFor(ctx, ctx.viewer, input.id),
  ),
)
