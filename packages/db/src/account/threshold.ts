import type { Database } from '../database.js'
import type { Queryable } from '../transaction.js'
import { changeMiner, type MinerSettings } from './change-miner.js'
import type { Change, ChangedBy } from './record-change.js'

/** What a miner wants to be owed before he is paid; undefined: what the pool says. */
export function changeThreshold(
  db: Pick<Database, 'pool'>,
  minerId: number,
  thresholdSats: bigint | undefined,
  by: ChangedBy,
): Promise<void> {
  return changeMiner(db, minerId, by, (client, settings) =>
    writeThreshold(client, minerId, thresholdSats, settings),
  )
}

/** Within `changeMiner`: what has changed, or undefined. */
export async function writeThreshold(
  db: Queryable,
  minerId: number,
  thresholdSats: bigint | undefined,
  { payoutThresholdSats }: MinerSettings,
): Promise<Change | undefined> {
  if (payoutThresholdSats === thresholdSats) return undefined
  await db.query('UPDATE miner SET payout_threshold_sats = $2 WHERE id = $1', [
    minerId,
    thresholdSats ?? null,
  ])
  return {
    what: 'payout-threshold',
    before: payoutThresholdSats?.toString(),
    after: thresholdSats?.toString(),
  }
}
