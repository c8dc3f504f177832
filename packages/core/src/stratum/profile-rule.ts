import { PROFILE_NAME, type ClientProfile, type ClientProfileTable } from './client-profile.js'
import { matchesPattern, problemOfPattern, textOf } from './user-agent-pattern.js'

/**
 * An operator's word on who gets which profile: clients whose user agent fits get the one of that name, whatever
 * pattern of the table fits them, too.
 */
export interface ProfileRule {
  /** See `user-agent-pattern.ts`; in lower case, so that no two rules are the same. */
  readonly pattern: string
  /** Name of a profile. */
  readonly profile: string
}

/** Most rules of a pool: with the patterns of the table, what one subscribe may cost. */
export const MAX_PROFILE_RULES = 64

/** A rule is a setting of its own among those that change at run time: `CLIENT_PROFILE cgminer/*`. */
export const RULE_SETTING_PREFIX = 'CLIENT_PROFILE '

/** Undefined: the setting of that name is no rule. */
export function patternOfSetting(name: string): string | undefined {
  return name.startsWith(RULE_SETTING_PREFIX) ? name.slice(RULE_SETTING_PREFIX.length) : undefined
}

/**
 * The order in which rules are tried: the one with most text first, of those the one with fewest asterisks, of those
 * by the alphabet. So a rule is tried before every rule that fits all that it fits, and none is ever hidden by a wider
 * one.
 */
export function compareRules(a: Pick<ProfileRule, 'pattern'>, b: Pick<ProfileRule, 'pattern'>): number {
  const byText = textOf(b.pattern).length - textOf(a.pattern).length
  if (byText !== 0) return byText
  const byAsterisks = a.pattern.length - b.pattern.length
  if (byAsterisks !== 0) return byAsterisks
  return a.pattern < b.pattern ? -1 : a.pattern > b.pattern ? 1 : 0
}

/** Of what stands somewhere, what makes sense here, in the order in which it is tried. */
export function usableRules(stored: readonly ProfileRule[]): ProfileRule[] {
  const isUsable = ({ pattern, profile }: ProfileRule) =>
    pattern === pattern.toLowerCase() && problemOfPattern(pattern) === null && PROFILE_NAME.test(profile)
  return stored.filter(isUsable).sort(compareRules).slice(0, MAX_PROFILE_RULES)
}

/** A rule whose profile is known. */
export interface RuleInForce {
  readonly pattern: string
  readonly profile: ClientProfile
}

/** Rules with what they give. One whose profile is not in the table is passed over. */
export function rulesInForce(
  rules: readonly ProfileRule[],
  { profiles, fallback }: ClientProfileTable,
): RuleInForce[] {
  const byName = new Map([...profiles, fallback].map((profile) => [profile.name, profile]))
  return rules.flatMap(({ pattern, profile: name }) => {
    const profile = byName.get(name)
    return profile === undefined ? [] : [{ pattern, profile }]
  })
}

/** The first of the rules that fits, in the order that they stand in. */
export function ruleFor<Rule extends Pick<ProfileRule, 'pattern'>>(
  rules: readonly Rule[],
  userAgent: string,
): Rule | undefined {
  return rules.find(({ pattern }) => matchesPattern(pattern, userAgent))
}
