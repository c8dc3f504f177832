import type { Queryable } from '../transaction.js'
import type { Change, ChangedSetting } from './record-change.js'

export interface RecordedChange extends Change {
  readonly id: bigint
  readonly atMs: number
  readonly author: string
}

interface ChangeRow {
  readonly id: string
  readonly at: Date
  readonly what: ChangedSetting
  readonly before: string | null
  readonly after: string | null
  readonly author: string
}

/** A miner's changes, the newest first; those before `beforeId`. */
export async function listChanges(
  db: Queryable,
  minerId: number,
  beforeId: bigint | undefined,
  limit: number,
): Promise<RecordedChange[]> {
  const { rows } = await db.query<ChangeRow>(
    `SELECT id, at, what, before, after, author FROM account_change
     WHERE miner_id = $1 AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [minerId, beforeId ?? null, limit],
  )
  return rows.map((row) => ({
    id: BigInt(row.id),
    atMs: row.at.getTime(),
    what: row.what,
    before: row.before ?? undefined,
    after: row.after ?? undefined,
    author: row.author,
  }))
}
