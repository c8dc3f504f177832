import { saveRuleFor } from '../../alert/rules'
import { operatorProcedure } from '../../trpc'
import { saveRuleSchema } from './save-rule.schema'

export const saveRule = operatorProcedure(saveRuleSchema).mutation(({ ctx, input }) =>
  saveRuleFor(ctx, ctx.viewer, input),
)
