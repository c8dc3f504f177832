import type { Database } from '@headframe/db/database'
import {
  postCorrection,
  reverseCorrection,
  type PostedCorrection,
} from '@headframe/db/ledger/post-correction'
import { formatCorrection } from './format-ledger.js'
import type { LedgerCommand } from './ledger-command.js'

export interface CorrectModules {
  readonly db: Pick<Database, 'pool'>
  readonly nowMs: () => number
  readonly print: (text: string) => void
  /** Undefined where nobody can be asked. */
  readonly ask: ((question: string) => Promise<string>) | undefined
}

export type CorrectCommand = Extract<LedgerCommand, { kind: 'correct' | 'reverse' }>

/** Shows what a correction would do, asks, and posts it. Throws CorrectionRefused, and when nobody can be asked. */
export async function correctLedger(modules: CorrectModules, command: CorrectCommand): Promise<void> {
  const { print, ask } = modules
  print(formatCorrection(await carryOut(modules, command, true)))
  if (command.isDryRun) {
    print('This was a dry run; nothing is posted.')
    return
  }
  if (!command.isSure) {
    if (ask === undefined)
      throw new Error('Nothing is posted: nobody can be asked here; --yes posts it without asking.')
    if ((await ask('Post this? It stays in the ledger for good. Type yes: ')).trim() !== 'yes')
      throw new Error('Nothing is posted.')
  }
  const { transactionId } = await carryOut(modules, command, false)
  print(`Posted as transaction ${transactionId}.`)
}

function carryOut(
  { db, nowMs }: CorrectModules,
  command: CorrectCommand,
  isDryRun: boolean,
): Promise<PostedCorrection> {
  const options = { nowMs: nowMs(), isDryRun }
  return command.kind === 'correct'
    ? postCorrection(db, command, options)
    : reverseCorrection(db, command.transactionId, command, options)
}
