import { createHash } from 'node:crypto'
import type { Queryable } from '../transaction.js'
import type { Operator } from './operator.js'

/** How failures to sign in are held against whoever tries next. */
export interface LockoutRule {
  /** After so long a failure counts half. */
  readonly halfLifeMs: number
  /** So many cost no wait. */
  readonly free: number
  /** What the next one costs; each further one twice as much. */
  readonly firstWaitMs: number
  readonly maxWaitMs: number
}

/** What failures to show a password for a name count under, whether or not anybody has it. */
export const passwordKeyOf = (nameOrEmail: string): Buffer => keyOf(`password ${nameOrEmail}`)
/** What failures to show a second factor count under. */
export const secondFactorKeyOf = (operatorId: number): Buffer => keyOf(`second factor ${operatorId}`)

/** All that an operator can be locked out by. */
export const attemptKeysOf = ({ id, name, email }: Operator): Buffer[] => [
  passwordKeyOf(name),
  passwordKeyOf(email),
  secondFactorKeyOf(id),
]

const keyOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/**
 * Takes an attempt, which counts as a failure until `forgetFailures`: who tries often at once gets no more attempts
 * than who tries one by one. Returns undefined, or until when there is none.
 */
export async function takeAttempt(
  db: Queryable,
  keyHash: Buffer,
  { halfLifeMs, free, firstWaitMs, maxWaitMs }: LockoutRule,
  nowMs: number,
): Promise<number | undefined> {
  const { rowCount } = await db.query(
    `INSERT INTO sign_in_failure AS f (key_hash, weight, failed_at) VALUES ($1, 1, $2)
     ON CONFLICT (key_hash) DO UPDATE SET failed_at = greatest(f.failed_at, $2), weight = 1 + ${WEIGHT}
       WHERE ${AGE_MS} >= ${WAIT_MS}`,
    [keyHash, new Date(nowMs), halfLifeMs, free, firstWaitMs, maxWaitMs],
  )
  if (rowCount === 1) return undefined
  const { rows } = await db.query<{ weight: number; failed_at: Date }>(
    'SELECT weight, failed_at FROM sign_in_failure WHERE key_hash = $1',
    [keyHash],
  )
  const row = rows[0]
  if (row === undefined) return nowMs
  return row.failed_at.getTime() + Math.min(maxWaitMs, firstWaitMs * 2 ** Math.max(0, row.weight - free))
}

/** A clock that was set back makes no failure older. */
const AGE_MS = `greatest(0, extract(epoch FROM $2::timestamptz - f.failed_at)::float8 * 1000)`
const WEIGHT = `(f.weight * power(0.5::float8, least(500, ${AGE_MS} / $3::float8)))`
/** By what they weighed when the last one came: a wait that is told does not change. */
const WAIT_MS = `CASE WHEN f.weight < $4::float8 THEN 0
  ELSE least($6::float8, $5::float8 * power(2::float8, least(60, f.weight - $4::float8))) END`

export async function forgetFailures(db: Queryable, keyHash: Buffer): Promise<void> {
  await db.query('DELETE FROM sign_in_failure WHERE key_hash = $1', [keyHash])
}

/** Forgets those that count for nothing any more. Returns how many. */
export async function pruneFailures(db: Queryable, beforeMs: number): Promise<number> {
  const { rowCount } = await db.query('DELETE FROM sign_in_failure WHERE failed_at < $1', [
    new Date(beforeMs),
  ])
  return rowCount ?? 0
}
