import { changeMiner } from '../account/change-miner.js'
import { writeThreshold } from '../account/threshold.js'
import type { Database } from '../database.js'
import { findMiner } from '../miner/find-miner.js'
import { recordEvent } from './lock-batch.js'

/**
 * What a miner wants to be owed before he is paid, as an operator sets it for him; undefined: the pool's. It stands in
 * the miner's history, too. Returns false when the pool has no such miner.
 */
export async function setThreshold(
  db: Pick<Database, 'pool'>,
  address: string,
  thresholdSats: bigint | undefined,
  { author, atMs }: { readonly author: string; readonly atMs: number },
): Promise<boolean> {
  const miner = await findMiner(db.pool, address)
  if (miner === undefined) return false
  const { minerId } = miner
  const detail = `${address}: ${thresholdSats === undefined ? "the pool's" : `${thresholdSats} satoshis`}`
  await changeMiner(db, minerId, { author: `operator ${author}`, atMs }, async (client, settings) => {
    await recordEvent(client, { author, atMs, batchId: undefined, what: 'threshold', detail })
    return writeThreshold(client, minerId, thresholdSats, settings)
  })
  return true
}
