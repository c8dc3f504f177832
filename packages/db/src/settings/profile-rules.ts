import {
  compareRules,
  MAX_PROFILE_RULES,
  patternOfSetting,
  RULE_SETTING_PREFIX,
  type ProfileRule,
} from '@headframe/core/stratum/profile-rule'
import type pg from 'pg'
import type { Queryable } from '../transaction.js'
import {
  changeSettings,
  readRunTimeSettings,
  writeSetting,
  type ChangedBy,
  type StoredSetting,
} from './run-time-settings.js'

export interface StoredRule extends ProfileRule {
  readonly changedAtMs: number
  readonly changedBy: string
}

/** Those of the settings that are rules, in the order in which they are tried. One that was removed has no value. */
export function rulesOf(stored: readonly StoredSetting[]): StoredRule[] {
  const rules = stored.flatMap(({ name, value, changedAtMs, changedBy }) => {
    const pattern = patternOfSetting(name)
    return pattern === undefined || value === undefined
      ? []
      : [{ pattern, profile: value, changedAtMs, changedBy }]
  })
  return rules.sort(compareRules)
}

export const readProfileRules = async (db: Queryable): Promise<StoredRule[]> =>
  rulesOf(await readRunTimeSettings(db))

/** `exists`: there is a rule of that pattern. `full`: there are as many as there may be. */
export const addProfileRule = (
  pool: pg.Pool,
  { pattern, profile }: ProfileRule,
  by: ChangedBy,
): Promise<'added' | 'exists' | 'full'> =>
  changeSettings(pool, async (client) => {
    const rules = await readProfileRules(client)
    if (rules.some((rule) => rule.pattern === pattern)) return 'exists'
    if (rules.length >= MAX_PROFILE_RULES) return 'full'
    await saveRule(client, pattern, profile, by)
    return 'added'
  })

/** Has an existing rule give another profile, or removes it where that is undefined. False: there is none. */
export const changeProfileRule = (
  pool: pg.Pool,
  { pattern, profile }: { readonly pattern: string; readonly profile: string | undefined },
  by: ChangedBy,
): Promise<boolean> =>
  changeSettings(pool, async (client) => {
    const rules = await readProfileRules(client)
    if (!rules.some((rule) => rule.pattern === pattern)) return false
    await saveRule(client, pattern, profile, by)
    return true
  })

/**
 * A row of a rule that was removed stays only while its change is the newest, and so the version: what operators once
 * typed takes no room for ever.
 */
async function saveRule(
  client: Queryable,
  pattern: string,
  profile: string | undefined,
  by: ChangedBy,
): Promise<void> {
  const name = RULE_SETTING_PREFIX + pattern
  await writeSetting(client, name, profile, by)
  await client.query(
    'DELETE FROM run_time_setting WHERE value IS NULL AND starts_with(name, $1) AND name <> $2',
    [RULE_SETTING_PREFIX, name],
  )
}
