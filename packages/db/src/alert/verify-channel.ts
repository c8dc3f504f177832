import { sha256 } from '@headframe/core/hash'
import type { Database } from '../database.js'
import { inTransaction, type Queryable } from '../transaction.js'

/** How long a code holds, and how often somebody may guess before he needs another. */
export const CODE_VALID_MS = 30 * 60_000
export const MAX_CODE_ATTEMPTS = 5

export function hashOfCode(channelId: bigint, code: string): Uint8Array {
  return sha256(new TextEncoder().encode(`${channelId}:${code}`))
}

/** The code that was just sent to a channel. */
export async function saveCode(db: Queryable, channelId: bigint, code: string, nowMs: number): Promise<void> {
  await db.query(
    `UPDATE alert_channel SET code_hash = $2, code_expires_at = $3, code_attempts = 0 WHERE id = $1`,
    [channelId, hashOfCode(channelId, code), new Date(nowMs + CODE_VALID_MS)],
  )
}

export type Verification = 'verified' | 'wrong' | 'expired' | 'too-often' | 'none'

/** What becomes of a code that somebody has entered. `none`: there is no such channel, or no code was sent. */
export function verifyChannel(
  { pool }: Pick<Database, 'pool'>,
  ownerId: number,
  channelId: bigint,
  code: string,
  nowMs: number,
): Promise<Verification> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{
      code_hash: Buffer | null
      code_expires_at: Date
      code_attempts: number
    }>(
      `SELECT code_hash, code_expires_at, code_attempts FROM alert_channel
       WHERE id = $2 AND owner_id = $1 AND removed_at IS NULL FOR UPDATE`,
      [ownerId, channelId],
    )
    const row = rows[0]
    if (row?.code_hash === undefined || row.code_hash === null) return 'none'
    if (row.code_expires_at.getTime() < nowMs) return 'expired'
    if (row.code_attempts >= MAX_CODE_ATTEMPTS) return 'too-often'
    if (!row.code_hash.equals(hashOfCode(channelId, code))) {
      await client.query('UPDATE alert_channel SET code_attempts = code_attempts + 1 WHERE id = $1', [
        channelId,
      ])
      return 'wrong'
    }
    await client.query(
      'UPDATE alert_channel SET verified_at = $2, code_hash = NULL, code_expires_at = NULL WHERE id = $1',
      [channelId, new Date(nowMs)],
    )
    return 'verified'
  })
}
