import { blockCredit, blockPay } from '@headframe/core/accounting/postings'
import { schemeOf } from '@headframe/core/accounting/scheme-of'
import type { Database } from '../database.js'
import { postTransaction } from '../ledger/post-transaction.js'
import { inTransaction } from '../transaction.js'
import { insertSettlement } from './insert-settlement.js'
import { lockBlock, setBookedStatus } from './lock-block.js'
import { readRewardSplit } from './read-reward-split.js'
import type { Split } from './split.js'

/**
 * Credits a block that is on the best chain and in no account: settlement, earnings, `block-credit` and, where the
 * coinbase has paid miners itself, `block-pay` in one transaction. `split` is used the first time and never again.
 * Returns `not-due` when there was nothing to do.
 */
export async function creditBlock(
  db: Pick<Database, 'pool'>,
  hash: string,
  split: Split | undefined,
  nowMs: number,
): Promise<'credited' | 'not-due'> {
  return inTransaction(db.pool, async (client) => {
    const block = await lockBlock(client, hash)
    const isOnChain = block.status === 'immature' || block.status === 'mature'
    const isOpen = block.bookedStatus === 'candidate' || block.bookedStatus === 'stale'
    if (!isOnChain || !isOpen) return 'not-due'
    if (!block.isSettled) {
      if (split === undefined) throw new Error(`block ${hash} cannot be credited before it is split`)
      await insertSettlement(client, hash, split, nowMs)
    }
    const settled = await readRewardSplit(client, hash)
    const place = { of: { blockHash: hash }, occurrence: block.occurrence + 1, postedAtMs: nowMs }
    const postings = blockCredit(settled, schemeOf(block.mode).incomeAccount)
    await postTransaction(client, { kind: 'block-credit', ...place, postings })
    const paid = blockPay(settled)
    if (paid.length > 0) await postTransaction(client, { kind: 'block-pay', ...place, postings: paid })
    await setBookedStatus(client, hash, 'immature')
    return 'credited'
  })
}
