import { bytesToHex, hexToBytes } from '@headframe/core/bytes'
import { parseAddress } from '@headframe/core/chain/address'
import type { Network } from '@headframe/core/chain/network'
import { displayHash } from '@headframe/core/chain/header'
import { parseTransaction, txid } from '@headframe/core/chain/transaction'
import { readPayToText } from '@headframe/core/message/account-text'
import { verifyMessage } from '@headframe/core/message/verify-message'
import type { PayoutItem, PayoutStatement } from '@headframe/core/published/payout-statement'
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
  for (const item of items) {
    const { payee, amountSats, sentSats, paidTo } = item
    const place = paidTo?.address ?? payee
    const parsed = parseAddress(place, network)
    const paidSats = parsed.ok ? outputs.take([bytesToHex(parsed.script)]) : 0n
    if (paidSats !== sentSats) problems.push(`it pays ${place} ${paidSats}, and it says ${sentSats}`)
    if (paidTo !== undefined && !isWanted(item, network))
      problems.push(`it pays ${place} what ${payee} is owed, and he did not sign that`)
    if (sentSats > amountSats) problems.push(`it sends ${payee} more than it takes from what he was owed`)
  }
  return problems
}

/** Whether a miner has signed with the address that is his name that he is to be paid at the other. */
function isWanted({ payee, paidTo }: PayoutItem, network: Network): boolean {
  if (paidTo === undefined) return true
  const { address, message, signature } = paidTo
  const said = readPayToText(message)
  if (said?.network !== network || said.address !== payee || said.payTo !== address) return false
  return verifyMessage({ network, address: payee, message, signature }).ok
}
