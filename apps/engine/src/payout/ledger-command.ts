import { parseArgs } from 'node:util'
import { minerAccount } from '@headframe/core/accounting/account'
import type { Posting } from '@headframe/core/accounting/postings'

export const DEFAULT_HISTORY_LINES = 50
const MAX_HISTORY_LINES = 10_000

export const USAGE = `What is in the ledger, and whether it is right; and corrections of it.

  ledger check            what is wrong in it, and since when; ends with 1 when anything is
         --new            only what is new since the last check that found nothing, and balances: takes a moment
  ledger balances         what there is in each account, in BTC: assets positive, debts negative
  ledger history WHO      the newest entries of an account, or of all accounts of an address
         --last N         so many (${DEFAULT_HISTORY_LINES}, at most ${MAX_HISTORY_LINES.toLocaleString('en')})

  ledger correct --author NAME --reason TEXT ACCOUNT=SATS ACCOUNT=SATS ...
                          posts a transaction of its own; nothing that stands in the ledger is changed. Satoshis with
                          their sign, together 0: a debt grows by a negative amount. An address stands for what is
                          payable to it. The miner reads the reason.
  ledger reverse TRANSACTION --author NAME --reason TEXT
                          takes a correction back by its opposite
         --dry-run        only says what it would do
         --yes            does not ask

  ledger correct --author Ana --reason "outage of 3 May" equity:fee_income=5000 bc1q...=-5000
`

/** How a correction is made. */
export interface Posted {
  readonly author: string
  readonly reason: string
  readonly isDryRun: boolean
  /** Whether nobody is asked. */
  readonly isSure: boolean
}

/** What the arguments ask for. `problem` is for a person. */
export type LedgerCommand =
  | { readonly kind: 'check'; readonly isWhole: boolean }
  | { readonly kind: 'balances' }
  | { readonly kind: 'help' }
  | { readonly kind: 'history'; readonly who: string; readonly lines: number }
  | ({ readonly kind: 'correct'; readonly postings: readonly Posting[] } & Posted)
  | ({ readonly kind: 'reverse'; readonly transactionId: bigint } & Posted)
  | { readonly kind: 'problem'; readonly problem: string }

/** What is wrong with an argument, as a sentence. */
class Misunderstood extends Error {}

/** Reads the arguments behind the program's name. */
export function parseLedgerCommand(args: readonly string[]): LedgerCommand {
  const [verb = 'help', ...rest] = args
  try {
    if (verb === '--help' || verb === '-h' || verb === 'help') return { kind: 'help' }
    if (verb === 'balances' && rest.length === 0) return { kind: verb }
    if (verb === 'check' && rest.length === 0) return { kind: verb, isWhole: true }
    if (verb === 'check' && rest.length === 1 && rest[0] === '--new') return { kind: verb, isWhole: false }
    if (verb === 'history') return parseHistory(rest)
    if (verb === 'correct') return parseCorrect(rest)
    if (verb === 'reverse') return parseReverse(rest)
  } catch (error) {
    if (error instanceof Misunderstood || error instanceof TypeError)
      return { kind: 'problem', problem: `${error.message}\n\n${USAGE}` }
    throw error
  }
  return { kind: 'problem', problem: `"${args.join(' ')}" is not understood.\n\n${USAGE}` }
}

function parseHistory(args: string[]): LedgerCommand {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { last: { type: 'string', default: String(DEFAULT_HISTORY_LINES) } },
  })
  const [who, ...more] = positionals
  if (who === undefined || more.length > 0) throw new Misunderstood('Whose history? One account or address.')
  const lines = wholeNumber(values.last, 'a number of lines')
  if (lines < 1n || lines > MAX_HISTORY_LINES)
    throw new Misunderstood(`--last takes a number from 1 to ${MAX_HISTORY_LINES}.`)
  return { kind: 'history', who, lines: Number(lines) }
}

function parseCorrect(args: string[]): LedgerCommand {
  const { positionals, ...posted } = parsePosted(args)
  return { kind: 'correct', postings: positionals.map(parsePosting), ...posted }
}

function parseReverse(args: string[]): LedgerCommand {
  const { positionals, ...posted } = parsePosted(args)
  const [id, ...more] = positionals
  if (id === undefined || more.length > 0)
    throw new Misunderstood('Which transaction? The number of one, as `ledger history` shows it.')
  return { kind: 'reverse', transactionId: wholeNumber(id, 'the number of a transaction'), ...posted }
}

function parsePosted(args: string[]): Posted & { readonly positionals: string[] } {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      author: { type: 'string', default: '' },
      reason: { type: 'string', default: '' },
      'dry-run': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
    },
  })
  const { author, reason, 'dry-run': isDryRun, yes: isSure } = values
  return { author, reason, isDryRun, isSure, positionals }
}

function parsePosting(text: string): Posting {
  const match = /^([^=\s]+)=([+-]?\d{1,16})$/.exec(text)
  if (match === null) throw new Misunderstood(`"${text}" is not of the form ACCOUNT=SATS.`)
  const [, name = '', sats = ''] = match
  const account = name.includes(':') ? name : minerAccount(name, 'available')
  return { account, amountSats: BigInt(sats.replace('+', '')) }
}

function wholeNumber(text: string, what: string): bigint {
  if (!/^\d{1,18}$/.test(text)) throw new Misunderstood(`"${text}" is not ${what}.`)
  return BigInt(text)
}
