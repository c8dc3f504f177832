import { setTimeout as sleep } from 'node:timers/promises'
import { setAlarms } from '@headframe/db/alarm/alarms'
import type { Database } from '@headframe/db/database'
import { checkOnward, type LedgerProblem } from '@headframe/db/ledger/check-ledger'
import { readMark } from '@headframe/db/ledger/ledger-mark'
import { z } from 'zod'
import type { Log } from '../log.js'
import { compareWallet, walletProblem } from '../payout/compare-wallet.js'
import type { CoreWallet } from '../wallet/core-wallet.js'
import { RARELY, type Task } from './task.js'

/** Problems that one run writes into the log; the count says how many there are. */
const MAX_LOGGED = 20
const MAX_ALARM_CHARS = 300

/** Everything is checked once a day; between, what is new. */
const WHOLE_EVERY_MS = 86_400_000

/** A block or payout of this very moment may stand in the one already, and not in the other. */
const SECOND_LOOK_MS = 20_000

export interface CheckModules {
  readonly db: Database
  /** undefined: nothing is paid on chain. */
  readonly wallet: CoreWallet | undefined
  readonly log: Log
  readonly nowMs: () => number
}

/** Looks for what can never be in the ledger, and raises an alarm in the log. It mends nothing. */
export function checkLedgerTask({ db, wallet, log, nowMs }: CheckModules): Task {
  return {
    name: 'check-ledger',
    schedule: { everyMs: 3_600_000 },
    schema: z.object({}),
    policy: RARELY,
    async handler() {
      const mark = await readMark(db.pool)
      const isWhole = mark === undefined || nowMs() - mark.wholeAtMs >= WHOLE_EVERY_MS
      const { problems } = await checkOnward(db.pool, { isWhole, nowMs: nowMs() })
      const short = wallet && (await missingCoins(db, wallet, nowMs))
      if (short !== undefined) problems.push(short)
      const alarms = problems.length === 0 ? [] : [{ subject: '', message: describeProblems(problems) }]
      await setAlarms(db.pool, 'ledger', alarms, nowMs())
      if (problems.length === 0) return
      log.fatal({ count: problems.length, problems: problems.slice(0, MAX_LOGGED) }, 'the ledger is wrong')
    },
  }
}

function describeProblems(problems: readonly LedgerProblem[]): string {
  return `The ledger is wrong in ${problems.length} places, first: ${JSON.stringify(problems[0])}`.slice(
    0,
    MAX_ALARM_CHARS,
  )
}

async function missingCoins(
  db: Database,
  wallet: CoreWallet,
  nowMs: () => number,
): Promise<LedgerProblem | undefined> {
  for (let look = 1; ; look++) {
    const comparison = await compareWallet(db, wallet)
    const problem = comparison && walletProblem(comparison, nowMs())
    if (problem === undefined || look === 2) return problem
    await sleep(SECOND_LOOK_MS)
  }
}
