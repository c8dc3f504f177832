import { readPayoutAddresses } from '@headframe/db/account/payout-address'
import { changeThreshold } from '@headframe/db/account/threshold'
import { thresholdBounds } from '../../account/threshold-bounds'
import { changedBy } from '../../account/viewer-author'
import { requiredSettings } from '../../address'
import { refuse } from '../../error/refuse'
import { ownProcedure } from '../../trpc'
import { setThresholdSchema } from './set-threshold.schema'

/** What he wants to be owed before he is paid. */
export const setThreshold = ownProcedure(setThresholdSchema).mutation(async ({ ctx, input }) => {
  const { minerId, address } = ctx.viewer
  const thresholdSats = input.thresholdSats === null ? undefined : BigInt(input.thresholdSats)
  const { current } = await readPayoutAddresses(ctx.database.pool, minerId, ctx.nowMs())
  const { minSats, maxSats } = thresholdBounds(current?.address ?? address, await requiredSettings(ctx))
  if (thresholdSats !== undefined && (thresholdSats < minSats || thresholdSats > maxSats)) {
    throw refuse('input-invalid', `A threshold is between ${minSats} and ${maxSats} satoshis.`)
  }
  await changeThreshold(ctx.database, minerId, thresholdSats, changedBy(ctx.viewer, ctx.nowMs()))
  return { thresholdSats }
})
