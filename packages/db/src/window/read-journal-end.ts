import type { Queryable } from '../transaction.js'
import type { SharePosition } from './share-position.js'

/** Behind the last share that has arrived; undefined before the first. */
export async function readJournalEnd(db: Queryable): Promise<SharePosition | undefined> {
  const { rows } = await db.query<{ position: string; share_count: number }>(
    'SELECT position, share_count FROM segment ORDER BY position DESC LIMIT 1',
  )
  const last = rows[0]
  return last && { position: BigInt(last.position), index: last.share_count }
}
