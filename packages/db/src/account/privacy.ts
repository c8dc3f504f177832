import type { Database } from '../database.js'
import { changeMiner } from './change-miner.js'
import type { ChangedBy } from './record-change.js'

/**
 * Leaves a miner out of lists, or takes him in again. `pseudonym` stands for him from the first time on, and for good:
 * with another one each time, those who have seen both would know that he is the same.
 */
export function changeListing(
  db: Pick<Database, 'pool'>,
  minerId: number,
  isUnlisted: boolean,
  pseudonym: string,
  by: ChangedBy,
): Promise<void> {
  return changeMiner(db, minerId, by, async (client, settings) => {
    if (settings.isUnlisted === isUnlisted) return undefined
    await client.query(
      'UPDATE miner SET is_unlisted = $2, pseudonym = coalesce(pseudonym, $3) WHERE id = $1',
      [minerId, isUnlisted, pseudonym],
    )
    return { what: 'privacy', before: nameOf(settings.isUnlisted), after: nameOf(isUnlisted) }
  })
}

/** Another view key, by its hash, or none; the old one opens nothing any more. */
export function changeViewKey(
  db: Pick<Database, 'pool'>,
  minerId: number,
  keyHash: Uint8Array | undefined,
  by: ChangedBy,
): Promise<void> {
  return changeMiner(db, minerId, by, async (client, { hasViewKey }) => {
    if (!hasViewKey && keyHash === undefined) return undefined
    const bytes = keyHash === undefined ? null : Buffer.from(keyHash)
    await client.query('UPDATE miner SET view_key_hash = $2 WHERE id = $1', [minerId, bytes])
    return { what: 'view-key', before: hasViewKey ? 'a key' : undefined, after: keyHash && 'another key' }
  })
}

function nameOf(isUnlisted: boolean): string {
  return isUnlisted ? 'unlisted' : 'listed'
}
