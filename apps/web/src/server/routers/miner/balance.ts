import { nextMaturity } from '@headframe/db/miner/next-maturity'
import { readBalance } from '@headframe/db/miner/read-balance'
import { z } from 'zod'
import { readMiner } from '../../address'
import { procedure } from '../../trpc'
import { address } from '../input'

/** What the ledger owes a miner and has paid him; null when the pool has no share of his. */
export const balance = procedure.input(z.object({ address })).query(async ({ ctx, input }) => {
  const miner = await readMiner(ctx, input.address)
  if (miner === undefined) return null
  const db = ctx.database.pool
  const [sums, next] = await Promise.all([readBalance(db, miner.minerId), nextMaturity(db, miner.minerId)])
  return { ...sums, nextMaturity: next }
})
