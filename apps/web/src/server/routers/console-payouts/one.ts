import { readBatch } from '@headframe/db/payout/list-batches'
import { listPayoutEvents } from '@headframe/db/payout/list-events'
import { readPayoutOverview } from '@headframe/db/payout/list-overviews'
import { operatorProcedure } from '../../trpc'
import { oneSchema } from './one.schema'

const MAX_PAYEES = 500
const MAX_EVENTS = 200

export const one = operatorProcedure(oneSchema).query(async ({ ctx, input }) => {
  const { pool } = ctx.database
  const id = BigInt(input.id)
  const [overview, batch, events] = await Promise.all([
    readPayoutOverview(pool, id),
    readBatch(pool, id),
    listPayoutEvents(pool, id, MAX_EVENTS),
  ])
  if (overview === undefined || batch === undefined) return null
  const versions = batch.versions.map(({ number, feeSats, feeRate, fundedAtMs, signed, sentAtMs }) => {
    const txid = signed?.txid
    return { number, feeSats, feeRate, fundedAtMs, txid, sentAtMs }
  })
  return {
    ...overview,
    feePayer: batch.feePayer,
    bumpRequested: batch.bumpRequested,
    payees: batch.items.slice(0, MAX_PAYEES).map(({ address, amountSats }) => ({ address, amountSats })),
    versions,
    events: events.map(({ atMs, what, detail, author }) => ({ atMs, what, detail, author })),
  }
})
