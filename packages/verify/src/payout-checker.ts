import { bytesToHex, hexToBytes } from '@headframe/core/bytes'
import { parseAddress } from '@headframe/core/chain/address'
import { displayHash } from '@headframe/core/chain/header'
import { parseTransaction, txid } from '@headframe/core/chain/transaction'
import type { PayoutStatement } from '@headframe/core/published/payout-statement'
import type { FaultList } from './fault.js'
import { Outputs } from './outputs.js'

/** Checks payouts one after the other: that each pays what it says, and none is there twice. */
export class PayoutChecker {
  readonly #faults: FaultList
  readonly #seen = new Set<string>()
  #sentSats = 0n

  constructor(faults: FaultList) {
    this.#faults = faults
  }

  get count(): number {
    return this.#seen.size
  }

  /** To miners, by all of them. */
  get sentSats(): bigint {
    return this.#sentSats
  }

  check(statement: PayoutStatement): void {
    const add = (what: string): void => this.#faults.add('payout', `payout ${statement.batch}`, what)
    if (this.#seen.has(statement.txid)) add(`its transaction ${statement.txid} has paid another`)
    this.#seen.add(statement.txid)
    for (const problem of problemsOfPayout(statement)) add(problem)
    for (const { sentSats } of statement.items) this.#sentSats += sentSats
  }
}

function problemsOfPayout({ network, txid: stated, raw, items }: PayoutStatement): string[] {
  const problems: string[] = []
  let transaction
  try {
    transaction = parseTransaction(hexToBytes(raw))
  } catch (error) {
    return [`its transaction cannot be read: ${(error as Error).message}`]
  }
  if (displayHash(txid(transaction)) !== stated) problems.push('its transaction has another id')
  const outputs = new Outputs(transaction.outputs)
  for (const { payee, amountSats, sentSats } of items) {
    const parsed = parseAddress(payee, network)
    // Whose output a pseudonym's is, is his own affair.
    if (!parsed.ok) continue
    const paidSats = outputs.take([bytesToHex(parsed.script)])
    if (paidSats !== sentSats) problems.push(`it pays ${payee} ${paidSats}, and it says ${sentSats}`)
    if (sentSats > amountSats) problems.push(`it sends ${payee} more than it takes from what he was owed`)
  }
  return problems
}
