import { formatBtc } from '@headframe/core/units'
import type { LedgerProblem } from '@headframe/db/ledger/check-ledger'
import type { LedgerSize } from '@headframe/db/ledger/measure-ledger'
import { textTable } from '../text-table.js'

export const USAGE = `Looks at the ledger, and changes nothing.

  ledger check       what is wrong in it, and since when; ends with 1 when anything is
  ledger balances    what there is in each account, in BTC: assets positive, debts negative
`

/** What the arguments ask for. `problem` is for a person. */
export type LedgerCommand =
  { readonly kind: 'check' | 'balances' | 'help' } | { readonly kind: 'problem'; readonly problem: string }

/** Reads the arguments behind the program's name. */
export function parseLedgerCommand(args: readonly string[]): LedgerCommand {
  const [verb = 'help', ...rest] = args
  if (verb === '--help' || verb === '-h' || verb === 'help') return { kind: 'help' }
  if (rest.length === 0 && (verb === 'check' || verb === 'balances')) return { kind: verb }
  return { kind: 'problem', problem: `"${args.join(' ')}" is not understood.\n\n${USAGE}` }
}

/** What was looked at. */
export function formatSize({ transactions, entries, accounts, sumSats }: LedgerSize): string {
  return `${transactions} transactions, ${entries} entries, ${accounts} accounts; together ${sumSats} satoshis`
}

/** The oldest first, times in UTC. */
export function formatProblems(problems: readonly LedgerProblem[]): string {
  const rows = problems.map(({ code, subject, detail, sinceMs }) => [
    `${new Date(sinceMs).toISOString().slice(0, 19)}Z`,
    code,
    subject,
    detail,
  ])
  return textTable(['SINCE', 'WHAT', 'OF', 'DETAIL'], rows)
}

/** In the order of their names. */
export function formatBalances(balances: ReadonlyMap<string, bigint>): string {
  if (balances.size === 0) return 'The ledger has no accounts yet.'
  return textTable(
    ['ACCOUNT', 'BTC'],
    [...balances].map(([account, amountSats]) => [account, formatBtc(amountSats)]),
  )
}
