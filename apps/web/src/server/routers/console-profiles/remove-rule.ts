import { changeProfileRule } from '@headframe/db/settings/profile-rules'
import { actionProcedure } from '../../trpc'
import { changeRule, noRule } from './on-record'
import { removeRuleSchema } from './remove-rule.schema'

export const removeRule = actionProcedure(removeRuleSchema).mutation(({ ctx, input: { pattern } }) =>
  changeRule(ctx, pattern, async (by) => {
    const isGone = await changeProfileRule(ctx.database.pool, { pattern, profile: undefined }, by)
    if (!isGone) throw noRule(pattern)
  }),
)
