import { saveRuleFor } from '../../alert/rules'
import { ownProcedure } from '../../trpc'
import { saveRuleSchema } from './save-rule.schema'

export const saveRule = ownProcedure(saveRuleSchema).mutation(({ ctx, input }) =>
  saveRuleFor(ctx, ctx.viewer, input),
)
