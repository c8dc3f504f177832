import { minerAccount, NETWORK_FEE, WALLET } from '@headframe/core/accounting/account'
import { equalBytes } from '@headframe/core/bytes'
import type { Transaction } from '@headframe/core/chain/transaction'
import { outpointsOf } from '@headframe/core/payout/judge-payment'
import type { ModelChain } from './model-chain.js'
import { ModelStore } from './model-store.js'
import { OPTIONS, OWED, scriptOf, type World } from './world.js'

/**
 * What an operator does about a transaction that has left the wallet and is in no book. In the chain: he books what it
 * has paid, and declares it. Waiting or forgotten: he sends it again, unless it is of a payout that was given up; then he
 * spends its coins himself.
 */
export async function putRight({ written }: Pick<World, 'written'>, model: ModelChain): Promise<void> {
  if (written.problem?.problem !== 'unknown-send') return
  const { sends } = await model.listSends(undefined)
  const known = await new ModelStore(written).knownSends(sends.map(({ txid }) => txid))
  for (const { txid, confirmations } of sends) {
    if (known.has(txid)) continue
    const transaction = await model.readSend(txid)
    const isGivenUp = written.batches.some(({ versions }) =>
      versions.some(({ signed }) => signed?.txid === txid),
    )
    if (confirmations >= OPTIONS.confirmations) {
      book(written.balances, model, transaction)
      written.declared.add(txid)
    } else if (confirmations === 0 && isGivenUp) {
      const own = model.spendElsewhere(outpointsOf(transaction)[0]!)
      if (own !== undefined) written.declared.add(own)
    } else if (confirmations === 0) model.push(transaction)
  }
}

/** A correction by hand; what went to strangers is theirs already. */
function book(balances: Map<string, bigint>, model: ModelChain, transaction: Transaction): void {
  const paid = OWED.flatMap(([address]) => {
    const output = transaction.outputs.find(({ script }) => equalBytes(script, scriptOf(address)))
    return output === undefined ? [] : [[minerAccount(address, 'available'), output.valueSats] as const]
  })
  if (paid.length === 0) return
  const feeSats = model.feeOf(transaction)
  const spentSats = paid.reduce((sum, [, sats]) => sum + sats, feeSats)
  for (const [account, sats] of [...paid, [NETWORK_FEE, feeSats] as const, [WALLET, -spentSats] as const])
    balances.set(account, (balances.get(account) ?? 0n) + sats)
}
