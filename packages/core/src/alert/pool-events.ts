import type { AlertEvent, RaisedAlert } from './event.js'
import { POOL_JUDGES, type PoolFacts } from './judge-pool.js'
import { choiceOf, OPERATOR_RULES, type OperatorRule, type Rule, type RuleChoice } from './rules.js'
import { watchConditions } from './watch-condition.js'

export interface PoolLook {
  readonly rule: OperatorRule
  readonly raised: readonly RaisedAlert[]
  readonly events: readonly AlertEvent[]
}

/** Rules whose minutes are part of what they judge, and no time that it has to last. */
const JUDGED_MINUTES: readonly OperatorRule[] = ['work-old', 'public-log', 'journal-behind', 'rollups-behind']
/** What is over only because it was a report, or another took its place. */
const WITHOUT_END: readonly OperatorRule[] = ['withholding']

/** What the operators are told, by rule; `happened` are events with keys of their own. */
export function poolEvents(
  facts: PoolFacts,
  happened: readonly AlertEvent[],
  choices: ReadonlyMap<string, RuleChoice>,
  memories: ReadonlyMap<string, readonly RaisedAlert[]>,
): PoolLook[] {
  return (Object.keys(OPERATOR_RULES) as OperatorRule[]).map((rule) => {
    const { level, ...given }: Rule = OPERATOR_RULES[rule]
    const { isOn, parameters } = choiceOf({ level, ...given }, choices.get(rule))
    if (!isOn) return { rule, raised: [], events: [] }
    const before = memories.get(rule) ?? []
    const told = happened.filter((event) => event.rule === rule)
    const conditions = POOL_JUDGES[rule]?.(facts, parameters)
    if (conditions === undefined) return { rule, raised: before, events: told }
    const holdMs = JUDGED_MINUTES.includes(rule) ? 0 : (parameters['minutes'] ?? 0) * 60_000
    const options = { rule, level, holdMs, tellsEnd: !WITHOUT_END.includes(rule) }
    const { raised, events } = watchConditions(options, before, conditions, facts.nowMs)
    return { rule, raised, events: [...events, ...told] }
  })
}
