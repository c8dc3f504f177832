import { leadPayouts, LostLead } from '@headframe/db/payout/lead-payouts'
import { hasRequests } from '@headframe/db/payout/list-requests'
import type { Database } from '@headframe/db/database'
import { z } from 'zod'
import type { Log } from '../log.js'
import { answerRequests } from '../payout/answer-requests.js'
import type { PaymentOptions } from '../payout/payment-options.js'
import { payoutStore } from '../payout/payout-store.js'
import type { CoreWallet } from '../wallet/core-wallet.js'
import { OFTEN, type Task } from './task.js'

export interface AnswerModules {
  readonly db: Database
  readonly wallet: CoreWallet
  readonly log: Log
  readonly nowMs: () => number
  /** Something has happened to payouts. */
  readonly onPayout: () => void
}

/**
 * What operators ask on the console of payouts, and only whoever has the wallet can answer. Somebody waits for it, so it
 * is looked for every second; while another run leads the payouts, the next look is soon enough.
 */
export function answerPayoutRequestsTask(options: PaymentOptions, modules: AnswerModules): Task {
  const { db, wallet, log, nowMs } = modules
  return {
    name: 'answer-payout-requests',
    schedule: { everyMs: 1_000 },
    schema: z.object({}),
    policy: OFTEN,
    async handler() {
      if (!(await hasRequests(db.pool, nowMs()))) return
      try {
        await leadPayouts(db, (lead) =>
          answerRequests(options, { lead, store: payoutStore(lead), wallet, log, nowMs }),
        )
      } catch (error) {
        if (!(error instanceof LostLead)) throw error
        log.warn({ reason: error.message }, 'another process leads the payouts now')
      }
      modules.onPayout()
    },
  }
}
