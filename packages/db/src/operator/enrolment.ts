import type { Database } from '../database.js'
import { inTransaction, type Queryable } from '../transaction.js'
import { endSessions } from './session.js'

/**
 * A link by which an operator sets his password and a second factor. It takes the place of any other; what he had until
 * then, he has no more.
 */
export function startEnrolment(
  { pool }: Pick<Database, 'pool'>,
  enrolment: { readonly operatorId: number; readonly codeHash: Buffer; readonly expiresAtMs: number },
  nowMs: number,
): Promise<void> {
  const { operatorId, codeHash, expiresAtMs } = enrolment
  return inTransaction(pool, async (client) => {
    await client.query('DELETE FROM operator_enrolment WHERE operator_id = $1', [operatorId])
    await client.query(
      `UPDATE operator SET password_hash = NULL, totp_secret = NULL, totp_confirmed_at = NULL, totp_step = NULL
       WHERE id = $1`,
      [operatorId],
    )
    await client.query('DELETE FROM operator_passkey WHERE operator_id = $1', [operatorId])
    await client.query('DELETE FROM api_token WHERE operator_id = $1', [operatorId])
    await client.query('DELETE FROM operator_recovery_code WHERE operator_id = $1', [operatorId])
    await endSessions(client, operatorId, nowMs)
    await client.query(
      'INSERT INTO operator_enrolment (code_hash, operator_id, expires_at) VALUES ($1, $2, $3)',
      [codeHash, operatorId, new Date(expiresAtMs)],
    )
  })
}

/** Whose link it is; undefined when it is nobody's, too old, or done with. */
export async function findEnrolment(
  db: Queryable,
  codeHash: Buffer,
  nowMs: number,
): Promise<number | undefined> {
  const { rows } = await db.query<{ operator_id: number }>(
    `SELECT e.operator_id FROM operator_enrolment e JOIN operator o ON o.id = e.operator_id
     WHERE e.code_hash = $1 AND e.expires_at > $2 AND o.disabled_at IS NULL`,
    [codeHash, new Date(nowMs)],
  )
  return rows[0]?.operator_id
}

export async function setPassword(db: Queryable, operatorId: number, passwordHash: string): Promise<void> {
  await db.query('UPDATE operator SET password_hash = $2 WHERE id = $1', [operatorId, passwordHash])
}
