import { ByteReader } from '../bytes.js'
import { readTransaction } from './transaction.js'

/**
 * Cuts concatenated transactions, in either form (BIP 144), apart: views of `bytes`, which hold exactly `count`.
 * Throws RangeError, naming the field, when they do not.
 */
export function splitTransactions(bytes: Uint8Array, count: number): Uint8Array[] {
  const reader = new ByteReader(bytes)
  const transactions: Uint8Array[] = []
  for (let index = 0; index < count; index++) {
    const start = reader.offset
    readTransaction(reader)
    transactions.push(bytes.subarray(start, reader.offset))
  }
  reader.end('transactions')
  return transactions
}
