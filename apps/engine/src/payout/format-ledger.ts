import { formatBtc } from '@headframe/core/units'
import type { LedgerCheck, LedgerProblem } from '@headframe/db/ledger/check-ledger'
import type { HistoryLine } from '@headframe/db/ledger/list-history'
import type { LedgerSize } from '@headframe/db/ledger/measure-ledger'
import type { PostedCorrection } from '@headframe/db/ledger/post-correction'
import type { WalletComparison } from './compare-wallet.js'
import { textTable } from '../text-table.js'

/** What was looked at. */
export function formatSize({ transactions, entries, accounts, sumSats }: LedgerSize): string {
  return `${transactions} transactions, ${entries} entries, ${accounts} accounts; together ${sumSats} satoshis`
}

/** That not all of it was. */
export function formatSince({ transactionId, checkedAtMs }: NonNullable<LedgerCheck['since']>): string {
  return `checked is what is new behind transaction ${transactionId}, the end of the check of ${timeOf(checkedAtMs)}`
}

/** What the wallet has, against the books. */
export function formatWallet({
  booksSats,
  walletSats,
  onTheirWaySats,
}: Omit<WalletComparison, 'isWhole'>): string {
  return `the wallet has ${formatBtc(walletSats)} BTC and ${formatBtc(onTheirWaySats)} on their way; the books have ${formatBtc(booksSats)}`
}

/** The oldest first, times in UTC. */
export function formatProblems(problems: readonly LedgerProblem[]): string {
  const rows = problems.map(({ code, subject, detail, sinceMs }) => [timeOf(sinceMs), code, subject, detail])
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

/** The oldest first. The account is left out where all lines are of one. */
export function formatHistory(lines: readonly HistoryLine[]): string {
  if (lines.length === 0) return 'There are no entries yet.'
  const isOfOne = new Set(lines.map(({ account }) => account)).size === 1
  const account = (name: string): string[] => (isOfOne ? [] : [name])
  return textTable(
    ['TIME', 'NUMBER', 'WHAT', ...account('ACCOUNT'), 'BTC', 'BALANCE', 'WHY'],
    lines.map((line) => [
      timeOf(line.postedAtMs),
      String(line.transactionId),
      line.kind,
      ...account(line.account),
      formatBtc(line.amountSats),
      formatBtc(line.balanceSats),
      whyOf(line),
    ]),
  )
}

function whyOf({ height, blockHash, author, reason, reversesId }: HistoryLine): string {
  if (blockHash !== undefined) return `block ${height ?? ''} ${blockHash}`
  if (reason === undefined) return ''
  return `${reversesId === undefined ? '' : `takes back ${reversesId}; `}${author}: ${reason}`
}

/** What a correction does, account by account, in words. */
export function formatCorrection({ accounts }: PostedCorrection): string {
  return textTable(
    ['ACCOUNT', 'BTC', 'BEFORE', 'AFTER', 'IN WORDS'],
    accounts.map(({ account, amountSats, balanceSats }) => [
      account,
      formatBtc(amountSats),
      formatBtc(balanceSats - amountSats),
      formatBtc(balanceSats),
      wordsOf(account, amountSats),
    ]),
  )
}

function wordsOf(account: string, amountSats: bigint): string {
  const sats = `${(amountSats < 0n ? -amountSats : amountSats).toLocaleString('en')} sats`
  const isMore = amountSats > 0n
  if (account.startsWith('liability:')) return `the pool owes ${sats} ${isMore ? 'less' : 'more'}`
  if (account.startsWith('asset:')) return `the pool has ${sats} ${isMore ? 'more' : 'less'}`
  return isMore ? `costs the operator ${sats}` : `earns the operator ${sats}`
}

function timeOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}
