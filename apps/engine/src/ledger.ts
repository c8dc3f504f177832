import { createInterface } from 'node:readline/promises'
import { openDatabase, type Database } from '@headframe/db/database'
import { checkOnward } from '@headframe/db/ledger/check-ledger'
import { listHistory } from '@headframe/db/ledger/list-history'
import { measureLedger } from '@headframe/db/ledger/measure-ledger'
import { readBalances } from '@headframe/db/ledger/read-balances'
import { askNetwork } from './bitcoind/ask-network.js'
import { loadEngineOptions, type EngineOptions } from './env.js'
import { compareWallet, walletProblem, type WalletComparison } from './payout/compare-wallet.js'
import { correctLedger } from './payout/correct-ledger.js'
import {
  formatBalances,
  formatHistory,
  formatProblems,
  formatSince,
  formatSize,
  formatWallet,
} from './payout/format-ledger.js'
import { parseLedgerCommand, USAGE, type LedgerCommand } from './payout/ledger-command.js'
import { openWallet } from './wallet/core-wallet.js'
import { exitOnFault } from './processes/stop-signal.js'

const print = (text: string): void => void process.stdout.write(`${text}\n`)

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await terminal.question(question)
  } finally {
    terminal.close()
  }
}

type Asked = Exclude<LedgerCommand, { kind: 'help' | 'problem' }>

async function obey(command: Asked, db: Database, options: EngineOptions): Promise<void> {
  if (command.kind === 'check') await check(db, options, command.isWhole)
  else if (command.kind === 'balances') print(formatBalances(await readBalances(db.pool)))
  else if (command.kind === 'history') {
    const lines = await listHistory(db.pool, command.who, command.lines)
    if (lines === undefined) throw new Error(`There is no account and no miner ${command.who}.`)
    print(formatHistory(lines))
  } else {
    const modules = { db, nowMs: Date.now, print, ask: process.stdin.isTTY ? ask : undefined }
    await correctLedger(modules, command)
  }
}

async function check(db: Database, options: EngineOptions, isWhole: boolean): Promise<void> {
  const { problems, since } = await checkOnward(db.pool, { isWhole, nowMs: Date.now() })
  print(formatSize(await measureLedger(db.pool)))
  if (since !== undefined) print(formatSince(since))
  const comparison = options.PAYOUT_WALLET_URL && (await lookIntoWallet(db, options))
  if (comparison !== undefined) {
    print(formatWallet(comparison))
    problems.push(...[walletProblem(comparison, Date.now())].filter((problem) => problem !== undefined))
  }
  if (problems.length === 0) {
    print('Nothing is wrong.')
    return
  }
  print(formatProblems(problems))
  throw new Error(`The ledger is wrong in ${problems.length} places; docs/operations.md says what to do.`)
}

async function lookIntoWallet(db: Database, options: EngineOptions): Promise<WalletComparison | undefined> {
  const wallet = openWallet(options, await askNetwork(options))
  try {
    return wallet && (await compareWallet(db, wallet))
  } catch (error) {
    throw new Error(`The wallet cannot be asked: ${(error as Error).message}; see PAYOUT_WALLET_URL.`, {
      cause: error,
    })
  } finally {
    wallet?.close()
  }
}

/** `npm run ledger`: what is in the ledger, whether it is right, and corrections of it. */
await exitOnFault(async () => {
  const command = parseLedgerCommand(process.argv.slice(2))
  if (command.kind === 'problem') throw new Error(command.problem)
  if (command.kind === 'help') return void process.stdout.write(USAGE)
  const options = loadEngineOptions()
  const db = openDatabase({ url: options.DATABASE_URL })
  try {
    await db.pool.query('SELECT 1').catch((error: unknown) => {
      throw new Error(`The database cannot be asked: ${(error as Error).message}; see DATABASE_URL.`)
    })
    await obey(command, db, options)
  } finally {
    await db.close()
  }
})
