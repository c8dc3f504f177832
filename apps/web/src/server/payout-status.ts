import { readControl } from '@headframe/db/payout/control'
import { listOpenPayouts } from '@headframe/db/payout/list-overviews'
import type { Context } from './context'

/** More than an operator reads; the command lists all. */
const OPEN_SHOWN = 20

/** What an operator has to know of payouts: what stands still, why, and what is under way. */
export async function readPayoutStatus({ database }: Context) {
  const [control, open] = await Promise.all([
    readControl(database.pool),
    listOpenPayouts(database.pool, OPEN_SHOWN + 1),
  ])
  return { ...control, open: open.slice(0, OPEN_SHOWN), isCut: open.length > OPEN_SHOWN }
}
