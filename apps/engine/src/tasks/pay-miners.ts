import type { Database } from '@headframe/db/database'
import { readLastEvent } from '@headframe/db/payout/read-last-event'
import { leadPayouts, LostLead } from '@headframe/db/payout/lead-payouts'
import { z } from 'zod'
import type { Log } from '../log.js'
import type { PaymentOptions } from '../payout/payment-options.js'
import { payoutStore } from '../payout/payout-store.js'
import { runPayouts } from '../payout/run-payouts.js'
import type { PayoutWallet } from '../wallet/payout-wallet.js'
import { OFTEN, type Task } from './task.js'

export interface PayModules {
  readonly db: Database
  readonly wallet: PayoutWallet
  readonly log: Log
  readonly nowMs: () => number
  /** Something has happened to payouts. */
  readonly onPayout: () => void
}

/**
 * Plans payouts when they are due, and follows those under way. Of several processes one does it at a time. Pages hear
 * of whatever has happened since the run before, by an operator's command too.
 */
export function payMinersTask(options: PaymentOptions, modules: PayModules): Task {
  const { db, wallet, log, nowMs } = modules
  let toldEvent: bigint | undefined
  return {
    name: 'pay-miners',
    schedule: { everyMs: 5_000 },
    schema: z.object({}),
    policy: OFTEN,
    async handler() {
      try {
        await leadPayouts(db, (lead) => runPayouts(options, { store: payoutStore(lead), wallet, log, nowMs }))
      } catch (error) {
        if (!(error instanceof LostLead)) throw error
        log.warn({ reason: error.message }, 'another process leads the payouts now')
      }
      const lastEvent = await readLastEvent(db.pool)
      if (lastEvent !== toldEvent) modules.onPayout()
      toldEvent = lastEvent
    },
  }
}
