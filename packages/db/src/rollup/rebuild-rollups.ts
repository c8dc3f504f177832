import type { Database } from '../database.js'
import { inTransaction } from '../transaction.js'
import { addSegments, lockCursor } from './roll-up-segments.js'

/** Sums of old segments are gone, so rollups of their time cannot be made again. */
export class RollupsNotRebuildable extends Error {
  override readonly name = 'RollupsNotRebuildable'
}

/**
 * Makes all rollups again from the segments' sums. Readers see the old ones until the new ones are whole.
 * Throws RollupsNotRebuildable when `prune` has removed sums.
 */
export async function rebuildRollups(db: Pick<Database, 'pool'>): Promise<void> {
  await inTransaction(db.pool, async (client) => {
    const { head } = await lockCursor(client)
    const { rows } = await client.query<{ pruned: string }>(
      'SELECT pruned_position AS pruned FROM journal_head WHERE id = 1',
    )
    if (rows[0]!.pruned !== '0') {
      throw new RollupsNotRebuildable(`the sums of segments up to ${rows[0]!.pruned} have been pruned`)
    }
    // Not TRUNCATE, which would make readers wait.
    for (const table of ['pool_rollup', 'miner_rollup', 'worker_rollup', 'window_sum'])
      await client.query(`DELETE FROM ${table}`)
    await addSegments(client, 0n, head)
  })
}
