import type { Queryable } from '../transaction.js'
import { HIDDEN_WORKER } from './hidden-worker.js'

export interface FoundWorker {
  readonly workerId: number
  readonly firstSeenAtMs: number
  readonly lastShareAtMs: number | undefined
  /** What its miner calls it; for himself alone. */
  readonly label: string | undefined
  readonly isHidden: boolean
}

/** One worker of the miner with this address; undefined when the journal knows no such pair. */
export async function findWorker(
  db: Queryable,
  address: string,
  name: string,
): Promise<FoundWorker | undefined> {
  const { rows } = await db.query<{
    id: number
    first_seen_at: Date
    last_share_at: Date | null
    label: string | null
    is_hidden: boolean
  }>(
    `SELECT worker.id, worker.first_seen_at, worker.last_share_at, worker.label, ${HIDDEN_WORKER} AS is_hidden
     FROM worker JOIN miner ON miner.id = worker.miner_id
     WHERE miner.address = $1 AND worker.name = $2`,
    [address, name],
  )
  const row = rows[0]
  return (
    row && {
      workerId: row.id,
      firstSeenAtMs: row.first_seen_at.getTime(),
      lastShareAtMs: row.last_share_at?.getTime(),
      label: row.label ?? undefined,
      isHidden: row.is_hidden,
    }
  )
}
