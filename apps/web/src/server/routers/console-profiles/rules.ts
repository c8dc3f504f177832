import { MAX_PROFILE_RULES } from '@headframe/core/stratum/profile-rule'
import { rulesOf } from '@headframe/db/settings/profile-rules'
import { readRunTimeSettings } from '@headframe/db/settings/run-time-settings'
import { requiredSettings } from '../../address'
import { readProfiles } from '../../live/read-system'
import { operatorProcedure } from '../../trpc'
import { readTaken } from '../console-settings/taken'
import { rulesSchema } from './rules.schema'

export const rules = operatorProcedure(rulesSchema).query(async ({ ctx }) => {
  const settings = await requiredSettings(ctx)
  const [stored, reports] = await Promise.all([
    readRunTimeSettings(ctx.database.pool),
    readProfiles(ctx.live.commands, settings.network, ctx.nowMs()),
  ])
  const passedOverBy = (name: string) =>
    reports.known
      ? reports.value.filter(({ profiles }) => !profiles.some((profile) => profile.name === name)).length
      : undefined
  return {
    rules: rulesOf(stored).map((rule) => ({ ...rule, passedOverBy: passedOverBy(rule.profile) })),
    maxRules: MAX_PROFILE_RULES,
    processes: await readTaken(ctx, settings, stored),
  }
})
