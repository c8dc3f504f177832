import { MAX_PROFILE_RULES } from '@headframe/core/stratum/profile-rule'
import { addProfileRule } from '@headframe/db/settings/profile-rules'
import { refuse } from '../../error/refuse'
import { actionProcedure } from '../../trpc'
import { addRuleSchema } from './add-rule.schema'
import { assertKnown } from './assert-known'
import { changeRule } from './on-record'

export const addRule = actionProcedure(addRuleSchema).mutation(async ({ ctx, input }) => {
  await assertKnown(ctx, input.profile)
  return changeRule(ctx, input.pattern, async (by) => {
    const outcome = await addProfileRule(ctx.database.pool, input, by)
    if (outcome === 'exists')
      throw refuse('conflict', `There is a rule for ${input.pattern} already: change that one.`)
    if (outcome === 'full')
      throw refuse('limit-reached', `There are ${MAX_PROFILE_RULES} rules, as many as there may be.`)
  })
})
