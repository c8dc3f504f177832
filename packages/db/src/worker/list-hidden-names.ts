import type { Queryable } from '../transaction.js'
import { HIDDEN_WORKER } from './hidden-worker.js'

/** Names of a miner's workers that are hidden. */
export async function listHiddenNames(db: Queryable, minerId: number): Promise<Set<string>> {
  const { rows } = await db.query<{ name: string }>(
    `SELECT name FROM worker WHERE miner_id = $1 AND hidden_at IS NOT NULL AND ${HIDDEN_WORKER}`,
    [minerId],
  )
  return new Set(rows.map(({ name }) => name))
}
