import type { PayoutBatch } from '@headframe/core/payout/batch'
import { isSignedFormOf } from '@headframe/core/payout/judge-payment'
import { PayoutProblem } from '../wallet/payout-problem.js'
import type { PayModules } from './make-version.js'
import type { PaymentOptions } from './payment-options.js'

/** Transactions that one problem names. */
const MAX_NAMED = 10

/**
 * What has left the wallet, or is about to, and is neither a payout of this database nor declared by a person. One cause
 * is a database from before a payout: what that paid is still owed by its books. So as long as there is one, nothing new
 * may leave. A transaction is out of the world when another has its coins, as deep as a payment needs.
 */
export async function listUnknownSends(
  options: Pick<PaymentOptions, 'confirmations'>,
  { store, wallet }: PayModules,
  live: readonly PayoutBatch[],
  checkedBlockHash: string | undefined,
): Promise<string[]> {
  const { unknown, end } = await findUnknownSends(options, { store, wallet }, live, checkedBlockHash)
  if (unknown.length === 0 && end !== checkedBlockHash) await store.markChecked(end)
  return unknown
}

/** The same, and nothing is written down. `since`: the block after which it is looked at; undefined: all of it is. */
export async function findUnknownSends(
  { confirmations: final }: Pick<PaymentOptions, 'confirmations'>,
  { store, wallet }: Pick<PayModules, 'store' | 'wallet'>,
  live: readonly PayoutBatch[],
  since: string | undefined,
): Promise<{ readonly unknown: string[]; readonly end: string }> {
  const { sends, end } = await wallet.listSends(since)
  const alive = sends.filter(({ confirmations }) => confirmations > -final).map(({ txid }) => txid)
  const known = await store.knownSends(alive)
  const unknown: string[] = []
  for (const txid of alive) {
    if (known.has(txid) || (await isUnsignedPayout(txid, wallet, live))) continue
    unknown.push(txid)
  }
  return { unknown, end }
}

/** Whether an operator has signed and sent by himself what he was to sign. */
async function isUnsignedPayout(
  txid: string,
  wallet: PayModules['wallet'],
  live: readonly PayoutBatch[],
): Promise<boolean> {
  const unsigned = live.flatMap(({ versions }) => versions.filter(({ signed }) => signed === undefined))
  if (unsigned.length === 0) return false
  const transaction = await wallet.readSend(txid)
  return unsigned.some((version) => isSignedFormOf(transaction, version.unsigned))
}

/** What an operator is told. */
export function unknownSendProblem(txids: readonly string[]): PayoutProblem | undefined {
  if (txids.length === 0) return undefined
  const named = txids.slice(0, MAX_NAMED).join(', ')
  const more = txids.length > MAX_NAMED ? ` and ${txids.length - MAX_NAMED} more` : ''
  return new PayoutProblem(
    'unknown-send',
    `the wallet has sent ${named}${more}, which this database knows nothing of: see what it paid, correct the books, then npm run payouts -- declare TXID REASON`,
  )
}
