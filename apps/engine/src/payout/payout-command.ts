import { formatBtc, parseBtc } from '@headframe/core/units'
import type { PayoutControl } from '@headframe/db/payout/control'
import type { PayoutOverview } from '@headframe/db/payout/list-overviews'
import type { PayoutEvent } from '@headframe/db/payout/lock-batch'
import type { PayoutBatch } from '@headframe/core/payout/batch'
import type { RequestAnswer } from '@headframe/core/payout/request'
import { parseAuthored, type Authored } from '../authored-command.js'
import { textTable } from '../text-table.js'
import { formatWallet } from './format-ledger.js'

export const USAGE = `Payouts on chain: what is under way, and what needs an operator. Amounts are BTC, times UTC.

  payouts                          how payouts stand, and the newest of them
  payouts show ID                  one of them: whom it pays, its transactions, all that happened to it
  payouts approve ID               agrees to one above PAYOUT_APPROVAL_ABOVE_SATS
  payouts bump ID                  wants a higher fee for one that waits for a block
  payouts cancel ID                takes back one of which nothing was signed; its amounts are owed as before
      --never-signed               with PAYOUT_SIGNING=operator: no signed copy of it exists anywhere
  payouts export ID                the PSBT that is to be signed, base64, on standard output
  payouts import ID FILE           the signed PSBT of it (- is standard input)
  payouts retry [ID]               a run at once, and how it, or all of them, stand after it
  payouts reconcile                holds the wallet against the books and the payouts: what differs, and what to do
  payouts plan                     plans at once, instead of PAYOUT_EVERY_MINUTES after the last time
  payouts pause REASON             nothing leaves the pool from now on; what is out is followed
  payouts resume                   it does again
  payouts declare TXID... REASON   what transactions of the wallet were that are no payouts of this database; what they
                                   paid is in the books by now, or is nobody's that the pool owes
  payouts approval-above BTC       a payout of more that is planned from now on needs approval; PAYOUT_APPROVAL_ABOVE_SATS
                                   holds all the same. "setting" instead of BTC: that alone
  payouts threshold ADDRESS BTC    what a miner is owed before he is paid; "pool" instead of BTC: the pool's

  --by NAME                        who says so; default: the user's name
`

export interface BatchVerb {
  readonly kind: 'show' | 'approve' | 'bump' | 'export'
  readonly id: bigint
}

/** What the arguments ask for. `problem` is for a person. */
export type PayoutCommand =
  | { readonly kind: 'list' | 'plan' | 'resume' | 'reconcile' | 'help' }
  | { readonly kind: 'retry'; readonly id: bigint | undefined }
  | { readonly kind: 'approval-above'; readonly sats: bigint | undefined }
  | BatchVerb
  | { readonly kind: 'cancel'; readonly id: bigint; readonly isNeverSigned: boolean }
  | { readonly kind: 'import'; readonly id: bigint; readonly file: string }
  | { readonly kind: 'pause'; readonly reason: string }
  | { readonly kind: 'declare'; readonly txids: readonly string[]; readonly reason: string }
  | { readonly kind: 'threshold'; readonly address: string; readonly sats: bigint | undefined }
  | { readonly kind: 'problem'; readonly problem: string }

/** Reads the arguments behind the program's name. */
export function parsePayoutCommand(args: readonly string[], userName: string): Authored<PayoutCommand> {
  return parseAuthored(args, userName, {
    usage: USAGE,
    options: { 'never-signed': { type: 'boolean' } },
    commandOf: (positionals, values) => commandOf(positionals, values['never-signed'] === true),
  })
}

function commandOf([verb = 'list', ...rest]: readonly string[], isNeverSigned: boolean): PayoutCommand {
  const [first, second] = rest
  switch (verb) {
    case 'list':
    case 'plan':
    case 'resume':
    case 'reconcile':
    case 'help':
      if (rest.length > 0) break
      return { kind: verb }
    case 'show':
    case 'approve':
    case 'bump':
    case 'export':
      if (rest.length !== 1) break
      return { kind: verb, id: idOf(first) }
    case 'cancel':
      if (rest.length !== 1) break
      return { kind: 'cancel', id: idOf(first), isNeverSigned }
    case 'retry':
      if (rest.length > 1) break
      return { kind: 'retry', id: first === undefined ? undefined : idOf(first) }
    case 'approval-above':
      if (rest.length !== 1) break
      return { kind: 'approval-above', sats: first === 'setting' ? undefined : parseBtc(first!) }
    case 'import':
      if (rest.length !== 2) break
      return { kind: 'import', id: idOf(first), file: second! }
    case 'pause':
      if (rest.length === 0) throw new Error('pause takes a reason')
      return { kind: 'pause', reason: rest.join(' ') }
    case 'declare':
      return declarationOf(rest)
    case 'threshold':
      if (rest.length !== 2) break
      return { kind: 'threshold', address: first!, sats: thresholdOf(second!) }
  }
  throw new Error(`"${[verb, ...rest].join(' ')}" is not understood.`)
}

function declarationOf(words: readonly string[]): PayoutCommand {
  const end = words.findIndex((word) => !/^[0-9a-f]{64}$/.test(word))
  if (end < 0) throw new Error('declare takes a reason behind the transactions.')
  if (end === 0) throw new Error(`"${words[0]!}" is not the id of a transaction.`)
  return { kind: 'declare', txids: words.slice(0, end), reason: words.slice(end).join(' ') }
}

function idOf(text: string | undefined): bigint {
  if (text === undefined || !/^\d{1,18}$/.test(text))
    throw new Error(`"${text ?? ''}" is no number of a payout.`)
  return BigInt(text)
}

function thresholdOf(text: string): bigint | undefined {
  if (text === 'pool') return undefined
  const sats = parseBtc(text)
  if (sats <= 0n) throw new Error('A threshold is more than nothing.')
  return sats
}

/** How payouts as a whole stand, a line each. */
export function formatControl({
  paused,
  plannedAtMs,
  problem,
  approvalAboveSats,
}: Omit<PayoutControl, 'checkedBlockHash'>): string {
  const lines = [
    paused === undefined
      ? undefined
      : `Paused by ${paused.by} since ${timeOf(paused.sinceMs)}: ${paused.reason}`,
    problem === undefined
      ? undefined
      : `Nothing goes on since ${timeOf(problem.sinceMs)} (${problem.problem}): ${problem.detail}`,
    approvalAboveSats === undefined
      ? undefined
      : `A payout above ${formatBtc(approvalAboveSats)} BTC needs approval.`,
    plannedAtMs === undefined ? 'Nothing was planned yet.' : `Planned last at ${timeOf(plannedAtMs)}.`,
  ]
  return lines.filter((line) => line !== undefined).join('\n')
}

/** The newest first. */
export function formatPayouts(payouts: readonly PayoutOverview[]): string {
  if (payouts.length === 0) return 'There are no payouts yet.'
  const rows = payouts.map((payout) => [
    String(payout.id),
    timeOf(payout.createdAtMs),
    payout.state,
    String(payout.miners),
    formatBtc(payout.totalSats),
    payout.feeSats === undefined ? '' : formatBtc(payout.feeSats),
    payout.txid ?? '',
    standingOf(payout),
  ])
  return textTable(['ID', 'PLANNED', 'STATE', 'MINERS', 'BTC', 'FEE', 'TRANSACTION', ''], rows)
}

/** All of one. */
export function formatPayout(
  overview: PayoutOverview,
  { items, versions }: PayoutBatch,
  events: readonly PayoutEvent[],
): string {
  const payees = items.map(({ address, amountSats }) => [address, formatBtc(amountSats)])
  const made = versions.map(({ number, feeSats, feeRate, signed, sentAtMs }) => [
    String(number),
    formatBtc(feeSats),
    String(feeRate),
    sentAtMs === undefined ? '' : timeOf(sentAtMs),
    signed?.txid ?? 'not signed',
  ])
  const happened = events.map(({ atMs, what, detail, author }) => [
    timeOf(atMs),
    what,
    author ?? '',
    detail ?? '',
  ])
  return [
    formatPayouts([overview]),
    textTable(['ADDRESS', 'BTC'], payees),
    made.length === 0
      ? 'No transaction yet.'
      : textTable(['VERSION', 'FEE', 'SAT/VB', 'SENT', 'TRANSACTION'], made),
    textTable(['AT', 'WHAT', 'BY', 'DETAIL'], happened),
  ].join('\n\n')
}

/** What came of a request, a finding a paragraph. */
export function formatAnswer({ text, reconciliation }: RequestAnswer): string {
  if (reconciliation === undefined) return text
  const { findings, findingCount, isWhole } = reconciliation
  const comparable = isWhole ? '' : '; blocks have paid to other wallets, too, so the two cannot be compared'
  const told = findings.map(({ subject, differs, toDo }) => `${subject}: ${differs}.\n  ${toDo}`)
  const more = findingCount > findings.length ? [`and ${findingCount - findings.length} more`] : []
  return [`${formatWallet(reconciliation)}${comparable}`, text, ...told, ...more].join('\n\n')
}

function standingOf({ awaitsApproval, problem }: PayoutOverview): string {
  if (problem !== undefined) return `${problem.problem} since ${timeOf(problem.sinceMs)}: ${problem.detail}`
  return awaitsApproval ? 'awaits approval' : ''
}

const timeOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
