import { changeProfileRule } from '@headframe/db/settings/profile-rules'
import { actionProcedure } from '../../trpc'
import { assertKnown } from './assert-known'
import { changeRuleSchema } from './change-rule.schema'
import { changeRule as onRecord, noRule } from './on-record'

export const changeRule = actionProcedure(changeRuleSchema).mutation(async ({ ctx, input }) => {
  await assertKnown(ctx, input.profile)
  return onRecord(ctx, input.pattern, async (by) => {
    if (!(await changeProfileRule(ctx.database.pool, input, by))) throw noRule(input.pattern)
  })
})
