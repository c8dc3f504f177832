import type { Database } from '../database.js'
import { inTransaction, type Queryable } from '../transaction.js'

/** How long a session lives. */
export interface SessionTerms {
  /** Without a request. */
  readonly idleMs: number
  /** Whatever happens. */
  readonly maxAgeMs: number
  /** A request within this time of the one before is not written down. */
  readonly touchMs: number
  /** Of one miner; the one that was seen longest ago goes when another begins. */
  readonly maxSessions: number
}

export interface NewSession {
  readonly address: string
  readonly tokenHash: Uint8Array
  readonly proofHash: Uint8Array
  readonly userAgent: string
}

export interface SessionOwner {
  readonly sessionId: number
  readonly minerId: number
  readonly address: string
}

export interface AccountSession {
  readonly sessionId: number
  readonly userAgent: string
  readonly createdAtMs: number
  readonly lastSeenAtMs: number
  readonly expiresAtMs: number
}

const ALIVE = 'ended_at IS NULL AND expires_at > $1::timestamptz AND last_seen_at > $2::timestamptz'

/**
 * Opens a session for whoever has proven an address; the pool may not have heard of it before. Returns undefined when
 * its proof has opened one already.
 */
export function beginSession(
  { pool }: Pick<Database, 'pool'>,
  { address, tokenHash, proofHash, userAgent }: NewSession,
  { idleMs, maxAgeMs, maxSessions }: SessionTerms,
  nowMs: number,
): Promise<SessionOwner | undefined> {
  const now = new Date(nowMs)
  return inTransaction(pool, async (client) => {
    await client.query(
      `INSERT INTO miner (address, first_seen_at) SELECT $1, $2
       WHERE NOT EXISTS (SELECT FROM miner WHERE address = $1) ON CONFLICT (address) DO NOTHING`,
      [address, now],
    )
    const { rows } = await client.query<{ id: number; miner_id: number }>(
      `INSERT INTO account_session (miner_id, token_hash, proof_hash, user_agent, created_at, last_seen_at, expires_at)
       SELECT id, $2, $3, $4, $5, $5, $6 FROM miner WHERE address = $1
       ON CONFLICT (proof_hash) DO NOTHING RETURNING id, miner_id`,
      [address, Buffer.from(tokenHash), Buffer.from(proofHash), userAgent, now, new Date(nowMs + maxAgeMs)],
    )
    const begun = rows[0]
    if (begun === undefined) return undefined
    await client.query(
      `UPDATE account_session SET ended_at = $1 WHERE id IN (
         SELECT id FROM account_session WHERE miner_id = $3 AND ${ALIVE}
         ORDER BY last_seen_at DESC, id DESC OFFSET $4)`,
      [now, new Date(nowMs - idleMs), begun.miner_id, maxSessions],
    )
    return { sessionId: begun.id, minerId: begun.miner_id, address }
  })
}

/** Whose session a token is of; undefined when it is none, or over. That it was used is written down. */
export async function readSession(
  db: Queryable,
  tokenHash: Uint8Array,
  { idleMs, touchMs }: SessionTerms,
  nowMs: number,
): Promise<SessionOwner | undefined> {
  const now = new Date(nowMs)
  const { rows } = await db.query<{ id: number; miner_id: number; address: string; last_seen_at: Date }>(
    `SELECT account_session.id, miner_id, address, last_seen_at FROM account_session
     JOIN miner ON miner.id = miner_id WHERE token_hash = $3 AND ${ALIVE}`,
    [now, new Date(nowMs - idleMs), Buffer.from(tokenHash)],
  )
  const row = rows[0]
  if (row === undefined) return undefined
  if (nowMs - row.last_seen_at.getTime() >= touchMs) {
    await db.query('UPDATE account_session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2', [
      row.id,
      now,
    ])
  }
  return { sessionId: row.id, minerId: row.miner_id, address: row.address }
}

/** Those of a miner that are not over, the one used last first. */
export async function listSessions(
  db: Queryable,
  minerId: number,
  { idleMs }: SessionTerms,
  nowMs: number,
): Promise<AccountSession[]> {
  const { rows } = await db.query<{
    id: number
    user_agent: string
    created_at: Date
    last_seen_at: Date
    expires_at: Date
  }>(
    `SELECT id, user_agent, created_at, last_seen_at, expires_at FROM account_session
     WHERE miner_id = $3 AND ${ALIVE} ORDER BY last_seen_at DESC, id DESC`,
    [new Date(nowMs), new Date(nowMs - idleMs), minerId],
  )
  return rows.map((row) => ({
    sessionId: row.id,
    userAgent: row.user_agent,
    createdAtMs: row.created_at.getTime(),
    lastSeenAtMs: row.last_seen_at.getTime(),
    expiresAtMs: row.expires_at.getTime(),
  }))
}

/** Ends one session of a miner, or all of them. Returns how many. */
export async function endSessions(
  db: Queryable,
  minerId: number,
  which: { readonly sessionId: number } | 'all',
  nowMs: number,
): Promise<number> {
  const { rowCount } = await db.query(
    `UPDATE account_session SET ended_at = $2 WHERE miner_id = $1 AND ended_at IS NULL AND ($3::int IS NULL OR id = $3)`,
    [minerId, new Date(nowMs), which === 'all' ? null : which.sessionId],
  )
  return rowCount ?? 0
}

/** Forgets sessions that have long been over. Returns how many. */
export async function pruneSessions(db: Queryable, overBeforeMs: number): Promise<number> {
  const { rowCount } = await db.query('DELETE FROM account_session WHERE expires_at < $1', [
    new Date(overBeforeMs),
  ])
  return rowCount ?? 0
}
