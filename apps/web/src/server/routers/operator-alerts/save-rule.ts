import { saveRuleFor } from '../../alert/rules'
import { actionProcedure } from '../../trpc'
import { saveRuleSchema } from './save-rule.schema'
import { changeRules } from './on-record'

export const saveRule = actionProcedure(saveRuleSchema).mutation(({ ctx, input }) =>
  changeRules(ctx, () => saveRuleFor(ctx, ctx.viewer, input)),
)
