import type { Database } from '../database.js'
import { changeMiner } from './change-miner.js'
import type { ChangedBy } from './record-change.js'

/** What a miner wants to be owed before he is paid; undefined: what the pool says. */
export function changeThreshold(
  db: Pick<Database, 'pool'>,
  minerId: number,
  thresholdSats: bigint | undefined,
  by: ChangedBy,
): Promise<void> {
  return changeMiner(db, minerId, by, async (client, { payoutThresholdSats }) => {
    if (payoutThresholdSats === thresholdSats) return undefined
    await client.query('UPDATE miner SET payout_threshold_sats = $2 WHERE id = $1', [
      minerId,
      thresholdSats ?? null,
    ])
    return {
      what: 'payout-threshold',
      before: payoutThresholdSats?.toString(),
      after: thresholdSats?.toString(),
    }
  })
}
