import { readMinerSettings } from '@headframe/db/account/change-miner'
import { readPayoutAddresses } from '@headframe/db/account/payout-address'
import { thresholdBounds } from '../../account/threshold-bounds'
import { requiredSettings } from '../../address'
import { ownProcedure } from '../../trpc'
import { overviewSchema } from './overview.schema'

/** A miner's own settings, and within what bounds he may change them. */
export const overview = ownProcedure(overviewSchema).query(async ({ ctx }) => {
  const { minerId, address } = ctx.viewer
  const db = ctx.database.pool
  const [pool, settings, addresses] = await Promise.all([
    requiredSettings(ctx),
    readMinerSettings(db, minerId),
    readPayoutAddresses(db, minerId, ctx.nowMs()),
  ])
  const { payoutThresholdSats, ...privacy } = settings
  return {
    address,
    threshold: {
      ownSats: payoutThresholdSats,
      poolSats: pool.payouts?.thresholdSats,
      ...thresholdBounds(addresses.current?.address ?? address, pool),
    },
    payoutAddress: { ...addresses, delayMs: ctx.payoutAddressDelayMs },
    privacy,
  }
})
