import type pg from 'pg'
import type { Database } from '../database.js'
import { inTransaction, type Queryable } from '../transaction.js'

/** The second factor was shown by whoever has the session: it is worth something from now on. */
export async function markSecondFactor(db: Queryable, sessionId: number, nowMs: number): Promise<void> {
  await db.query('UPDATE operator_session SET second_factor_at = $2 WHERE id = $1', [
    sessionId,
    new Date(nowMs),
  ])
}

/** A secret that is not in force before a code of it was shown. */
export async function proposeTotp(db: Queryable, operatorId: number, secret: Buffer): Promise<void> {
  await db.query(
    'UPDATE operator SET totp_secret = $2, totp_confirmed_at = NULL, totp_step = NULL WHERE id = $1',
    [operatorId, secret],
  )
}

/** Sealed; that which waits for its first code too. */
export async function readTotpSecret(db: Queryable, operatorId: number): Promise<Buffer | undefined> {
  const { rows } = await db.query<{ totp_secret: Buffer | null }>(
    'SELECT totp_secret FROM operator WHERE id = $1',
    [operatorId],
  )
  return rows[0]?.totp_secret ?? undefined
}

/** Takes the code of a step, unless it or a later one was taken. The first confirms the secret. */
export async function takeTotpStep(
  db: Queryable,
  operatorId: number,
  step: bigint,
  nowMs: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE operator SET totp_step = $2, totp_confirmed_at = coalesce(totp_confirmed_at, $3)
     WHERE id = $1 AND (totp_step IS NULL OR totp_step < $2)`,
    [operatorId, step, new Date(nowMs)],
  )
  return rowCount === 1
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

/** He has what he needs to sign in: his link leads nowhere from now on, and his session is like any other. */
export function endEnrolment(
  { pool }: Pick<Database, 'pool'>,
  operatorId: number,
  sessionId: number,
): Promise<void> {
  return inTransaction(pool, async (client: pg.PoolClient) => {
    await client.query('DELETE FROM operator_enrolment WHERE operator_id = $1', [operatorId])
    await client.query('UPDATE operator_session SET is_enrolment = false WHERE id = $1', [sessionId])
  })
}
