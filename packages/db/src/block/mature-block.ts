import { blockMature } from '@headframe/core/accounting/postings'
import type { Database } from '../database.js'
import { postTransaction } from '../ledger/post-transaction.js'
import { inTransaction } from '../transaction.js'
import { lockBlock, setBookedStatus } from './lock-block.js'
import { readRewardSplit } from './read-reward-split.js'

/** Makes a credited block's reward available once its coinbase can be spent. */
export async function matureBlock(
  db: Pick<Database, 'pool'>,
  hash: string,
  nowMs: number,
): Promise<'matured' | 'not-due'> {
  return inTransaction(db.pool, async (client) => {
    const block = await lockBlock(client, hash)
    if (block.status !== 'mature' || block.bookedStatus !== 'immature') return 'not-due'
    const postings = blockMature(await readRewardSplit(client, hash))
    if (postings.length > 0) {
      await postTransaction(client, {
        kind: 'block-mature',
        of: { blockHash: hash },
        occurrence: block.occurrence,
        postedAtMs: nowMs,
        postings,
      })
    }
    await setBookedStatus(client, hash, 'mature')
    return 'matured'
  })
}
