import { openDatabase } from '@headframe/db/database'
import { checkLedger } from '@headframe/db/ledger/check-ledger'
import { measureLedger } from '@headframe/db/ledger/measure-ledger'
import { readBalances } from '@headframe/db/ledger/read-balances'
import { loadEngineOptions } from './env.js'
import {
  formatBalances,
  formatProblems,
  formatSize,
  parseLedgerCommand,
  USAGE,
} from './payout/ledger-command.js'
import { exitOnFault } from './processes/stop-signal.js'

const print = (text: string): void => void process.stdout.write(`${text}\n`)

/** `npm run ledger`: what is in the ledger, and whether it is right. */
await exitOnFault(async () => {
  const command = parseLedgerCommand(process.argv.slice(2))
  if (command.kind === 'problem') throw new Error(command.problem)
  if (command.kind === 'help') return void process.stdout.write(USAGE)
  const db = openDatabase({ url: loadEngineOptions().DATABASE_URL })
  try {
    await db.pool.query('SELECT 1').catch((error: unknown) => {
      throw new Error(`The database cannot be asked: ${(error as Error).message}; see DATABASE_URL.`)
    })
    if (command.kind === 'balances') {
      print(formatBalances(await readBalances(db.pool)))
      return
    }
    const problems = await checkLedger(db.pool)
    print(formatSize(await measureLedger(db.pool)))
    if (problems.length === 0) {
      print('Nothing is wrong.')
      return
    }
    print(formatProblems(problems))
    throw new Error(`The ledger is wrong in ${problems.length} places; docs/operations.md says what to do.`)
  } finally {
    await db.close()
  }
})
