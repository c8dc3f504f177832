import type { RuleChoice } from '@headframe/core/alert/rules'
import type { Queryable } from '../transaction.js'

/** What an owner has chosen, by rule. */
export async function listChoices(db: Queryable, ownerId: number): Promise<Map<string, RuleChoice>> {
  const { rows } = await db.query<{ rule: string; is_on: boolean; parameters: Record<string, number> }>(
    'SELECT rule, is_on, parameters FROM alert_rule WHERE owner_id = $1',
    [ownerId],
  )
  return new Map(rows.map(({ rule, is_on, parameters }) => [rule, { isOn: is_on, parameters }]))
}

export async function saveChoice(
  db: Queryable,
  ownerId: number,
  rule: string,
  { isOn, parameters }: RuleChoice,
  nowMs: number,
): Promise<void> {
  await db.query(
    `INSERT INTO alert_rule (owner_id, rule, is_on, parameters, updated_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (owner_id, rule) DO UPDATE SET is_on = $3, parameters = $4, updated_at = $5`,
    [ownerId, rule, isOn, JSON.stringify(parameters), new Date(nowMs)],
  )
}
