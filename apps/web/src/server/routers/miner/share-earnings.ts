import { listShareEarnings, sumShareEarnings } from '@headframe/db/miner/list-share-earnings'
import { readMiner } from '../../address'
import { procedure } from '../../trpc'
import { shareEarningsSchema } from './share-earnings.schema'

/** What a miner was paid for FPPS shares, by the day. */
export const shareEarnings = procedure(shareEarningsSchema).query(async ({ ctx, input }) => {
  const miner = await readMiner(ctx, input.address)
  if (miner === undefined) return { totalSats: 0n, days: [], nextCursor: undefined }
  const db = ctx.database.pool
  const [totalSats, { days, beforeMs }] = await Promise.all([
    sumShareEarnings(db, miner.minerId),
    listShareEarnings(db, miner.minerId, input.cursor ?? undefined, input.days),
  ])
  return { totalSats, days, nextCursor: beforeMs }
})
