import type { Queryable } from '../transaction.js'

/** How exact the last use is: a token that is used all the time costs a write a minute. */
export const TOUCH_EVERY_MS = 60_000

/** Writes down that a token was used, unless that was done within the minute. */
export async function touchToken(db: Queryable, id: number, nowMs: number): Promise<void> {
  await db.query(
    'UPDATE api_token SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)',
    [id, new Date(nowMs), new Date(nowMs - TOUCH_EVERY_MS)],
  )
}
