import type { Database } from '../database.js'
import { inTransaction, type Queryable } from '../transaction.js'

export interface Passkey {
  readonly credentialId: Buffer
  readonly name: string
  /** COSE. */
  readonly publicKey: Buffer
  readonly signCount: number
  readonly transports: readonly string[]
  readonly createdAtMs: number
  readonly lastUsedAtMs: number | undefined
}

interface PasskeyRow {
  readonly credential_id: Buffer
  readonly name: string
  readonly public_key: Buffer
  readonly sign_count: string
  readonly transports: string[]
  readonly created_at: Date
  readonly last_used_at: Date | null
}

/** The oldest first. */
export async function listPasskeys(db: Queryable, operatorId: number): Promise<Passkey[]> {
  const { rows } = await db.query<PasskeyRow>(
    `SELECT credential_id, name, public_key, sign_count, transports, created_at, last_used_at FROM operator_passkey
     WHERE operator_id = $1 ORDER BY created_at, credential_id`,
    [operatorId],
  )
  return rows.map((row) => ({
    credentialId: row.credential_id,
    name: row.name,
    publicKey: row.public_key,
    signCount: Number(row.sign_count),
    transports: row.transports,
    createdAtMs: row.created_at.getTime(),
    lastUsedAtMs: row.last_used_at?.getTime(),
  }))
}

export async function addPasskey(
  db: Queryable,
  operatorId: number,
  passkey: Omit<Passkey, 'createdAtMs' | 'lastUsedAtMs'>,
  nowMs: number,
): Promise<void> {
  const { credentialId, name, publicKey, signCount, transports } = passkey
  await db.query(
    `INSERT INTO operator_passkey (credential_id, operator_id, name, public_key, sign_count, transports, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [credentialId, operatorId, name, publicKey, signCount, transports, new Date(nowMs)],
  )
}

export async function markPasskeyUsed(
  db: Queryable,
  credentialId: Buffer,
  signCount: number,
  nowMs: number,
): Promise<void> {
  await db.query('UPDATE operator_passkey SET sign_count = $2, last_used_at = $3 WHERE credential_id = $1', [
    credentialId,
    signCount,
    new Date(nowMs),
  ])
}

/** Removes one of his, but never the last second factor: whoever has none is locked out. */
export function removePasskey(
  { pool }: Pick<Database, 'pool'>,
  operatorId: number,
  credentialId: Buffer,
): Promise<'removed' | 'unknown' | 'last'> {
  return inTransaction(pool, async (client) => {
    // One at a time: two at once would each leave the other.
    await client.query('SELECT FROM operator WHERE id = $1 FOR UPDATE', [operatorId])
    const { rows } = await client.query<{ others: boolean }>(
      `SELECT o.totp_confirmed_at IS NOT NULL OR EXISTS (
         SELECT FROM operator_passkey p WHERE p.operator_id = o.id AND p.credential_id <> $2) AS others
       FROM operator o WHERE o.id = $1`,
      [operatorId, credentialId],
    )
    const { rowCount } = await client.query(
      'DELETE FROM operator_passkey WHERE operator_id = $1 AND credential_id = $2 AND $3',
      [operatorId, credentialId, rows[0]?.others === true],
    )
    if (rowCount === 1) return 'removed'
    return rows[0]?.others === false ? 'last' : 'unknown'
  })
}

/** What his passkey is to sign next, in this session. */
export async function setChallenge(
  db: Queryable,
  sessionId: number,
  challenge: string,
  expiresAtMs: number,
): Promise<void> {
  await db.query('UPDATE operator_session SET challenge = $2, challenge_expires_at = $3 WHERE id = $1', [
    sessionId,
    challenge,
    new Date(expiresAtMs),
  ])
}

/** Each serves once; undefined when there is none, or it is too old. */
export async function takeChallenge(
  db: Queryable,
  sessionId: number,
  nowMs: number,
): Promise<string | undefined> {
  const { rows } = await db.query<{ challenge: string }>(
    `UPDATE operator_session s SET challenge = NULL, challenge_expires_at = NULL
     FROM (SELECT id, challenge FROM operator_session WHERE id = $1 AND challenge_expires_at > $2 FOR UPDATE) was
     WHERE s.id = was.id RETURNING was.challenge`,
    [sessionId, new Date(nowMs)],
  )
  return rows[0]?.challenge
}
