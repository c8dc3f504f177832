import type { Queryable } from '../transaction.js'
import type { OperatorRole } from './operator.js'

/** What a browser that has shown a password, or more, may do. */
export interface OperatorSession {
  readonly id: number
  readonly operatorId: number
  readonly name: string
  readonly role: OperatorRole
  /** When the second factor was shown last; undefined: not yet. */
  readonly secondFactorAtMs: number | undefined
  /** Opened by an enrolment's link. */
  readonly isEnrolment: boolean
}

/** How long a session lives. */
export interface SessionTerms {
  /** In all. */
  readonly maxAgeMs: number
  /** Without a request. */
  readonly maxIdleMs: number
  /** Without a second factor. */
  readonly maxHalfMs: number
}

export interface NewSession {
  readonly operatorId: number
  readonly tokenHash: Buffer
  readonly isEnrolment: boolean
  readonly userAgent: string
}

export async function openSession(db: Queryable, session: NewSession, nowMs: number): Promise<void> {
  const { operatorId, tokenHash, isEnrolment, userAgent } = session
  await db.query(
    `INSERT INTO operator_session (token_hash, operator_id, created_at, seen_at, is_enrolment, user_agent)
     VALUES ($1, $2, $3, $3, $4, $5)`,
    [tokenHash, operatorId, new Date(nowMs), isEnrolment, userAgent],
  )
}

const IS_ALIVE = `s.ended_at IS NULL AND s.created_at > $2 AND s.seen_at > $3 AND o.disabled_at IS NULL
  AND (s.second_factor_at IS NOT NULL OR s.created_at > $4)`

const boundsOf = ({ maxAgeMs, maxIdleMs, maxHalfMs }: SessionTerms, nowMs: number): Date[] => [
  new Date(nowMs - maxAgeMs),
  new Date(nowMs - maxIdleMs),
  new Date(nowMs - maxHalfMs),
]

/** A session is seen once a minute: not each request writes. */
const SEEN_EVERY_MS = 60_000

/** The session of a token, and that it was used; undefined when it is over. */
export async function readSession(
  db: Queryable,
  tokenHash: Buffer,
  terms: SessionTerms,
  nowMs: number,
): Promise<OperatorSession | undefined> {
  const { rows } = await db.query<{
    id: number
    operator_id: number
    name: string
    role: OperatorRole
    seen_at: Date
    second_factor_at: Date | null
    is_enrolment: boolean
  }>(
    `SELECT s.id, s.operator_id, o.name, o.role, s.seen_at, s.second_factor_at, s.is_enrolment
     FROM operator_session s JOIN operator o ON o.id = s.operator_id WHERE s.token_hash = $1 AND ${IS_ALIVE}`,
    [tokenHash, ...boundsOf(terms, nowMs)],
  )
  const row = rows[0]
  if (row === undefined) return undefined
  if (nowMs - row.seen_at.getTime() >= SEEN_EVERY_MS)
    await db.query('UPDATE operator_session SET seen_at = $2 WHERE id = $1', [row.id, new Date(nowMs)])
  return {
    id: row.id,
    operatorId: row.operator_id,
    name: row.name,
    role: row.role,
    secondFactorAtMs: row.second_factor_at?.getTime(),
    isEnrolment: row.is_enrolment,
  }
}

export interface ListedSession {
  readonly id: number
  readonly createdAtMs: number
  readonly seenAtMs: number
  readonly userAgent: string
}

/** Those of an operator that are alive, the newest first. */
export async function listSessions(
  db: Queryable,
  operatorId: number,
  terms: SessionTerms,
  nowMs: number,
): Promise<ListedSession[]> {
  const { rows } = await db.query<{ id: number; created_at: Date; seen_at: Date; user_agent: string }>(
    `SELECT s.id, s.created_at, s.seen_at, s.user_agent FROM operator_session s JOIN operator o ON o.id = s.operator_id
     WHERE s.operator_id = $1 AND ${IS_ALIVE} AND s.second_factor_at IS NOT NULL ORDER BY s.id DESC`,
    [operatorId, ...boundsOf(terms, nowMs)],
  )
  return rows.map((row) => ({
    id: row.id,
    createdAtMs: row.created_at.getTime(),
    seenAtMs: row.seen_at.getTime(),
    userAgent: row.user_agent,
  }))
}

/** Returns whether it was his, and open. */
export async function endSession(
  db: Queryable,
  operatorId: number,
  sessionId: number,
  nowMs: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    'UPDATE operator_session SET ended_at = $3 WHERE id = $1 AND operator_id = $2 AND ended_at IS NULL',
    [sessionId, operatorId, new Date(nowMs)],
  )
  return rowCount === 1
}

/** All of an operator, but for one. */
export async function endSessions(
  db: Queryable,
  operatorId: number,
  nowMs: number,
  exceptId = 0,
): Promise<void> {
  await db.query(
    'UPDATE operator_session SET ended_at = $2 WHERE operator_id = $1 AND ended_at IS NULL AND id <> $3',
    [operatorId, new Date(nowMs), exceptId],
  )
}

/** Sessions that ended, or were left, before that moment are forgotten. Returns how many. */
export async function pruneSessions(db: Queryable, beforeMs: number): Promise<number> {
  const { rowCount } = await db.query('DELETE FROM operator_session WHERE seen_at < $1', [new Date(beforeMs)])
  return rowCount ?? 0
}
