import type { Database } from '@headframe/db/database'
import { checkLedger } from '@headframe/db/ledger/check-ledger'
import { z } from 'zod'
import type { Log } from '../log.js'
import { RARELY, type Task } from './task.js'

/** Problems that one run writes into the log; the count says how many there are. */
const MAX_LOGGED = 20

/** Looks for what can never be in the ledger, and raises an alarm in the log. It mends nothing. */
export function checkLedgerTask({ db, log }: { readonly db: Database; readonly log: Log }): Task {
  return {
    name: 'check-ledger',
    schedule: { everyMs: 3_600_000 },
    schema: z.object({}),
    policy: RARELY,
    async handler() {
      const problems = await checkLedger(db.pool)
      if (problems.length === 0) return
      log.fatal({ count: problems.length, problems: problems.slice(0, MAX_LOGGED) }, 'the ledger is wrong')
    },
  }
}
