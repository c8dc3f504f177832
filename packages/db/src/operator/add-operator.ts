import type { Queryable } from '../transaction.js'
import type { Operator, OperatorRole } from './operator.js'

export interface NewOperator {
  readonly name: string
  readonly email: string
  readonly role: OperatorRole
}

/** Returns his id, or undefined where the name or the address is another's. */
export async function addOperator(
  db: Queryable,
  { name, email, role }: NewOperator,
  nowMs: number,
): Promise<Operator['id'] | undefined> {
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO operator (name, email, role, created_at)
     SELECT lower($1), lower($2), $3, $4
     WHERE NOT EXISTS (SELECT FROM operator WHERE name IN (lower($1), lower($2)) OR email IN (lower($1), lower($2)))
     ON CONFLICT DO NOTHING RETURNING id`,
    [name, email, role, new Date(nowMs)],
  )
  return rows[0]?.id
}

export async function setRole(db: Queryable, operatorId: number, role: OperatorRole): Promise<void> {
  await db.query('UPDATE operator SET role = $2 WHERE id = $1', [operatorId, role])
}
