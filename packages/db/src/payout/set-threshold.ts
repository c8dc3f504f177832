import type { Database } from '../database.js'
import { inTransaction } from '../transaction.js'
import { recordEvent } from './lock-batch.js'

/**
 * What a miner wants to be owed before he is paid; undefined: the pool's. Returns false when the pool has no such
 * miner.
 */
export function setThreshold(
  { pool }: Pick<Database, 'pool'>,
  address: string,
  thresholdSats: bigint | undefined,
  by: { readonly author: string; readonly atMs: number },
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      'UPDATE miner SET payout_threshold_sats = $2 WHERE address = $1',
      [address, thresholdSats ?? null],
    )
    if (rowCount !== 1) return false
    const detail = `${address}: ${thresholdSats === undefined ? "the pool's" : `${thresholdSats} satoshis`}`
    await recordEvent(client, { ...by, batchId: undefined, what: 'threshold', detail })
    return true
  })
}
