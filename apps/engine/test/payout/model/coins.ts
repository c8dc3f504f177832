import { bytesToHex, reversedBytes } from '@headframe/core/bytes'
import { serialiseTransaction, txid, type Transaction } from '@headframe/core/chain/transaction'
import type { Outpoint, PayoutPlace } from '@headframe/core/payout/batch'
import { outpointsOf } from '@headframe/core/payout/judge-payment'

export const txidOf = (transaction: Transaction): string => bytesToHex(reversedBytes(txid(transaction)))
export const nameOf = ({ txid, index }: Outpoint): string => `${txid}:${index}`

export function spends(transaction: Transaction, coin: Outpoint): boolean {
  return outpointsOf(transaction).some((one) => nameOf(one) === nameOf(coin))
}

export function conflict(a: Transaction, b: Transaction): boolean {
  return outpointsOf(b).some((coin) => spends(a, coin))
}

export function spenderOf(
  transaction: Transaction,
  block: Omit<PayoutPlace, 'version'> | undefined,
  confirmations: number,
) {
  const signed = { raw: serialiseTransaction(transaction), txid: txidOf(transaction) }
  return { transaction, signed, block, confirmations }
}

export function outpointOfName(name: string): Outpoint {
  const [txid = '', index] = name.split(':')
  return { txid, index: Number(index) }
}
