import { readControl } from '@headframe/db/payout/control'
import { readPayoutOverview } from '@headframe/db/payout/list-overviews'
import { BatchMoved } from '@headframe/db/payout/lock-batch'
import type { Context } from '../../context'
import { refuse } from '../../error/refuse'
import type { Change } from '../../operators/recorded-action'
import { DONE } from './input'

interface Changing extends Pick<Context, 'database'> {
  readonly change: Change
}

/** Changes one payout, on record; what it was changed to meanwhile is no fault of ours, and is told. */
export async function changePayout(
  { database: { pool }, change }: Changing,
  id: string,
  run: () => Promise<unknown>,
): Promise<typeof DONE> {
  await change.make(
    async () => {
      const payout = await readPayoutOverview(pool, BigInt(id))
      if (payout === undefined) throw refuse('not-found', `There is no payout ${id}.`)
      const { state, miners, totalSats, awaitsApproval, approvedBy, versions, feeSats } = payout
      return { state, miners, totalSats, awaitsApproval, approvedBy, versions, feeSats }
    },
    () => run().catch(asConflict),
  )
  return DONE
}

/** Changes payouts as a whole, on record. */
export async function changePayouts(
  { database: { pool }, change }: Changing,
  run: () => Promise<unknown>,
): Promise<typeof DONE> {
  await change.make(async () => {
    const { paused, plannedAtMs } = await readControl(pool)
    return { paused: paused === undefined ? null : `${paused.by}: ${paused.reason}`, plannedAtMs }
  }, run)
  return DONE
}

function asConflict(error: unknown): never {
  if (error instanceof BatchMoved) throw refuse('conflict', error.message)
  throw error
}
