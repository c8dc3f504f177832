import { listPayoutOverviews, type PayoutOverview } from '@headframe/db/payout/list-overviews'
import type { Context } from '../../context'
import { confirmationsAt, readPayoutReach, type PayoutReach } from '../../payout'
import { procedure } from '../../trpc'
import { listSchema } from './list.schema'

/** The pool's payouts on chain, the newest first; the cursor is the last batch. What keeps one back is on the status page. */
export const list = procedure(listSchema).query(({ ctx, input: { cursor, limit } }) => {
  // The first page is what everybody looks at.
  if (cursor !== undefined && cursor !== null) return readPage(ctx, BigInt(cursor), limit)
  return ctx.cache.get(`payouts.list:${limit}`, () => readPage(ctx, undefined, limit))
})

async function readPage(context: Context, beforeId: bigint | undefined, limit: number) {
  const [found, reach] = await Promise.all([
    listPayoutOverviews(context.database.pool, beforeId, limit + 1),
    readPayoutReach(context),
  ])
  const page = found.slice(0, limit)
  return {
    payouts: page.map((payout) => describePayout(payout, reach)),
    confirmationsWanted: reach.confirmationsWanted,
    nextCursor: found.length > limit ? page.at(-1)?.id.toString() : undefined,
  }
}

/** A transaction that was not sent may yet be another: it is named, and its fee told, once it was. */
function describePayout(payout: PayoutOverview, reach: PayoutReach) {
  const { id, state, createdAtMs, miners, totalSats, height, awaitsApproval, isSent } = payout
  return {
    id,
    state,
    createdAtMs,
    miners,
    totalSats,
    awaitsApproval,
    feeSats: isSent ? payout.feeSats : undefined,
    txid: isSent ? payout.txid : undefined,
    height,
    confirmations: confirmationsAt(height, reach),
  }
}
