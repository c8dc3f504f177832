import { listPayouts } from '@headframe/db/miner/list-payouts'
import { readMiner } from '../../address'
import { confirmationsAt, readPayoutReach } from '../../payout'
import { procedure } from '../../trpc'
import { payoutsSchema } from './payouts.schema'

/** What a miner was paid, and is about to be, the newest first; the cursor is the last batch. */
export const payouts = procedure(payoutsSchema).query(async ({ ctx, input: { cursor, limit, ...query } }) => {
  const [miner, reach] = await Promise.all([readMiner(ctx, query.address), readPayoutReach(ctx)])
  const { confirmationsWanted } = reach
  if (miner === undefined) return { payouts: [], confirmationsWanted, nextCursor: undefined }
  const beforeId = cursor === undefined || cursor === null ? undefined : BigInt(cursor)
  const found = await listPayouts(ctx.database.pool, miner.minerId, beforeId, limit + 1)
  const page = found.slice(0, limit)
  return {
    payouts: page.map((payout) => ({ ...payout, confirmations: confirmationsAt(payout.height, reach) })),
    confirmationsWanted,
    nextCursor: found.length > limit ? page.at(-1)?.batchId.toString() : undefined,
  }
})
