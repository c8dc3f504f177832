import type { Queryable } from '../transaction.js'

/** What an operator may do; which actions each role has is the console's to say. */
export const OPERATOR_ROLES = ['viewer', 'operator', 'payouts', 'admin'] as const
export type OperatorRole = (typeof OPERATOR_ROLES)[number]

/** Somebody who runs the pool. */
export interface Operator {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly role: OperatorRole
  readonly createdAtMs: number
  readonly disabledAtMs: number | undefined
}

/** What he signs in with. */
export interface OperatorFactors {
  /** argon2id, in its own notation. */
  readonly passwordHash: string | undefined
  /** Sealed; undefined until a code of it was shown once. */
  readonly totpSecret: Buffer | undefined
  readonly passkeys: number
}

interface OperatorRow {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly role: OperatorRole
  readonly created_at: Date
  readonly disabled_at: Date | null
  readonly password_hash: string | null
  readonly totp_secret: Buffer | null
  readonly totp_confirmed_at: Date | null
  readonly passkeys: number
}

const COLUMNS = `o.id, o.name, o.email, o.role, o.created_at, o.disabled_at, o.password_hash, o.totp_secret,
  o.totp_confirmed_at,
  (SELECT count(*)::int FROM operator_passkey p WHERE p.operator_id = o.id) AS passkeys`

/** In the order of their names, those who are disabled too. */
export async function listOperators(db: Queryable): Promise<(Operator & OperatorFactors)[]> {
  const { rows } = await db.query<OperatorRow>(`SELECT ${COLUMNS} FROM operator o ORDER BY o.name`)
  return rows.map(operatorOfRow)
}

/** By his name or his e-mail address, in whatever case. */
export async function findOperator(
  db: Queryable,
  nameOrEmail: string,
): Promise<(Operator & OperatorFactors) | undefined> {
  const { rows } = await db.query<OperatorRow>(
    `SELECT ${COLUMNS} FROM operator o WHERE o.name = lower($1) OR o.email = lower($1) ORDER BY o.name <> lower($1)`,
    [nameOrEmail.trim()],
  )
  return rows.map(operatorOfRow)[0]
}

export async function readOperator(
  db: Queryable,
  id: number,
): Promise<(Operator & OperatorFactors) | undefined> {
  const { rows } = await db.query<OperatorRow>(`SELECT ${COLUMNS} FROM operator o WHERE o.id = $1`, [id])
  return rows.map(operatorOfRow)[0]
}

function operatorOfRow(row: OperatorRow): Operator & OperatorFactors {
  const { id, name, email, role, passkeys } = row
  return {
    id,
    name,
    email,
    role,
    createdAtMs: row.created_at.getTime(),
    disabledAtMs: row.disabled_at?.getTime(),
    passwordHash: row.password_hash ?? undefined,
    totpSecret: row.totp_confirmed_at === null ? undefined : (row.totp_secret ?? undefined),
    passkeys,
  }
}
