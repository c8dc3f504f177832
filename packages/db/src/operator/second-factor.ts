import type { Database } from '../database.js'
import { inTransaction, type Queryable } from '../transaction.js'
import { endSessions } from './session.js'

/** The second factor was shown by whoever has the session: it is worth something from now on. */
export async function markSecondFactor(db: Queryable, sessionId: number, nowMs: number): Promise<void> {
  await db.query('UPDATE operator_session SET second_factor_at = $2 WHERE id = $1', [
    sessionId,
    new Date(nowMs),
  ])
}

/** A secret that is not in force before a code of it was shown; false where one is in force, which stays. */
export async function proposeTotp(db: Queryable, operatorId: number, secret: Buffer): Promise<boolean> {
  const { rowCount } = await db.query(
    'UPDATE operator SET totp_secret = $2, totp_step = NULL WHERE id = $1 AND totp_confirmed_at IS NULL',
    [operatorId, secret],
  )
  return rowCount === 1
}

/** Sealed; that which waits for its first code too. */
export async function readTotpSecret(db: Queryable, operatorId: number): Promise<Buffer | undefined> {
  const { rows } = await db.query<{ totp_secret: Buffer | null }>(
    'SELECT totp_secret FROM operator WHERE id = $1',
    [operatorId],
  )
  return rows[0]?.totp_secret ?? undefined
}

/**
 * Takes the code of a step, unless it or a later one was taken, or the secret that it was checked against is his no more.
 * The first confirms the secret.
 */
export async function takeTotpStep(
  db: Queryable,
  operatorId: number,
  { secret, step }: { readonly secret: Buffer; readonly step: bigint },
  nowMs: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE operator SET totp_step = $3, totp_confirmed_at = coalesce(totp_confirmed_at, $4)
     WHERE id = $1 AND totp_secret = $2 AND (totp_step IS NULL OR totp_step < $3)`,
    [operatorId, secret, step, new Date(nowMs)],
  )
  return rowCount === 1
}

/** Forgets his secret, but never the last second factor: whoever has none is locked out. */
export function removeTotp(
  { pool }: Pick<Database, 'pool'>,
  operatorId: number,
): Promise<'removed' | 'unknown' | 'last'> {
  return inTransaction(pool, async (client) => {
    // As for passkeys, one at a time: the last passkey and the codes at once would each leave the other.
    await client.query('SELECT FROM operator WHERE id = $1 FOR UPDATE', [operatorId])
    const { rows } = await client.query<{ has_codes: boolean; has_passkey: boolean }>(
      `SELECT o.totp_confirmed_at IS NOT NULL AS has_codes,
         EXISTS (SELECT FROM operator_passkey p WHERE p.operator_id = o.id) AS has_passkey
       FROM operator o WHERE o.id = $1`,
      [operatorId],
    )
    if (rows[0]?.has_codes !== true) return 'unknown'
    if (!rows[0].has_passkey) return 'last'
    await client.query(
      'UPDATE operator SET totp_secret = NULL, totp_confirmed_at = NULL, totp_step = NULL WHERE id = $1',
      [operatorId],
    )
    return 'removed'
  })
}

/** Takes the place of those he had. */
export function setRecoveryCodes(
  { pool }: Pick<Database, 'pool'>,
  operatorId: number,
  codeHashes: readonly Buffer[],
): Promise<void> {
  return inTransaction(pool, async (client) => {
    await client.query('DELETE FROM operator_recovery_code WHERE operator_id = $1', [operatorId])
    await client.query(
      'INSERT INTO operator_recovery_code (operator_id, code_hash) SELECT $1, unnest($2::bytea[])',
      [operatorId, codeHashes],
    )
  })
}

/** Returns whether it was one of his, and unused. */
export async function takeRecoveryCode(
  db: Queryable,
  operatorId: number,
  codeHash: Buffer,
  nowMs: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    'UPDATE operator_recovery_code SET used_at = $3 WHERE operator_id = $1 AND code_hash = $2 AND used_at IS NULL',
    [operatorId, codeHash, new Date(nowMs)],
  )
  return rowCount === 1
}

export async function countRecoveryCodes(db: Queryable, operatorId: number): Promise<number> {
  const { rows } = await db.query<{ left: number }>(
    'SELECT count(*)::int AS left FROM operator_recovery_code WHERE operator_id = $1 AND used_at IS NULL',
    [operatorId],
  )
  return rows[0]!.left
}

/**
 * He has what he needs to sign in: his link leads nowhere from now on, and his session is like any other. Whoever else
 * followed the link before him is out.
 */
export function endEnrolment(
  { pool }: Pick<Database, 'pool'>,
  operatorId: number,
  sessionId: number,
  nowMs: number,
): Promise<void> {
  return inTransaction(pool, async (client) => {
    await client.query('DELETE FROM operator_enrolment WHERE operator_id = $1', [operatorId])
    await client.query('UPDATE operator_session SET is_enrolment = false WHERE id = $1', [sessionId])
    await endSessions(client, operatorId, nowMs, sessionId)
  })
}
