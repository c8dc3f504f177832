import { readPayoutAddresses } from '@headframe/db/account/payout-address'
import { listCorrections } from '@headframe/db/miner/list-corrections'
import { nextMaturity } from '@headframe/db/miner/next-maturity'
import { readBalance } from '@headframe/db/miner/read-balance'
import { readControl } from '@headframe/db/payout/control'
import { isHimself, readMiner } from '../../address'
import { poolSettings } from '../../context'
import { procedure } from '../../trpc'
import { balanceSchema } from './balance.schema'

/** All of them are in the statement. */
const CORRECTIONS_SHOWN = 5

/**
 * What the ledger owes a miner and has paid him, and by what terms he is paid on chain (`terms` is absent when nobody
 * is); null when the pool has no share of his.
 */
export const balance = procedure(balanceSchema).query(async ({ ctx, input }) => {
  const miner = await readMiner(ctx, input.address)
  if (miner === undefined) return null
  const db = ctx.database.pool
  const [sums, next, corrections, control, settings, paidTo] = await Promise.all([
    readBalance(db, miner.minerId),
    nextMaturity(db, miner.minerId),
    listCorrections(db, miner.minerId, CORRECTIONS_SHOWN),
    readControl(db),
    poolSettings(ctx),
    isHimself(ctx, miner) ? readPayoutAddresses(db, miner.minerId, ctx.nowMs()) : undefined,
  ])
  const payout = {
    terms: settings?.payouts,
    ownThresholdSats: miner.payoutThresholdSats,
    isPaused: control.paused !== undefined,
    paidTo,
  }
  return { ...sums, nextMaturity: next, corrections, payout }
})
