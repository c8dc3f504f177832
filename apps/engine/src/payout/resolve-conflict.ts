import type { PayoutBatch, PayoutVersion } from '@headframe/core/payout/batch'
import { isSignedFormOf, outpointsOf } from '@headframe/core/payout/judge-payment'
import { PayoutProblem } from '../wallet/payout-problem.js'
import type { Spender } from '../wallet/payout-wallet.js'
import type { PayModules } from './make-version.js'
import type { PaymentOptions } from './payment-options.js'

/**
 * `unspent`: all coins are still there. `own`: a version that was known to be out has them. `resolved`: something was
 * written down that nobody knew.
 */
export type Resolution = 'unspent' | 'own' | 'resolved'

/**
 * Finds out by what the coins of a batch are spent, when a node does not take one of its transactions. By one of its
 * versions, if nobody had written that down: then it is now. By something else, deep enough in the chain: then no
 * version can ever confirm, and the amounts are owed as before. Throws PayoutProblem for all between, in which nothing
 * can be said.
 */
export async function resolveConflict(
  { confirmations }: Pick<PaymentOptions, 'confirmations'>,
  modules: PayModules,
  batch: PayoutBatch,
): Promise<Resolution> {
  const { wallet, store, nowMs } = modules
  const [first] = batch.versions
  if (first === undefined) return 'unspent'
  // Every version spends what the first one does.
  for (const coin of outpointsOf(first.unsigned)) {
    const spender = await wallet.findSpender(coin, first.fundedHeight)
    if (spender === 'unspent') continue
    const name = `${coin.txid}:${coin.index}`
    if (spender === 'unknown')
      throw new PayoutProblem('conflict', `its coin ${name} is not there, and what spent it was not found`)
    const version = batch.versions.find(({ unsigned }) => isSignedFormOf(spender.transaction, unsigned))
    if (version !== undefined) return takeUp(modules, batch, version, spender)
    const what = `its coin ${name} is spent by ${spender.signed.txid}, which is no payout's`
    if (spender.block === undefined || spender.confirmations < confirmations)
      throw new PayoutProblem(
        'conflict',
        `${what}, with ${spender.confirmations} of ${confirmations} confirmations`,
      )
    await store.cancel(batch.id, what, nowMs())
    return 'resolved'
  }
  return 'unspent'
}

/** Writes down that a version is out: signed and sent by the operator himself, or before a crash. */
async function takeUp(
  { store, nowMs }: PayModules,
  { id }: PayoutBatch,
  { number, signed, sentAtMs }: PayoutVersion,
  spender: Spender,
): Promise<Resolution> {
  if (spender.block === undefined && sentAtMs !== undefined) return 'own'
  if (signed === undefined) await store.sign(id, number, spender.signed, nowMs())
  if (spender.block === undefined) await store.markSent(id, number, nowMs())
  else await store.confirm(id, { version: number, ...spender.block }, nowMs())
  return 'resolved'
}
