import { ByteReader, compactSize, concatBytes, joinBytes } from '../bytes.js'
import { readHeader, serialiseHeader, type BlockHeader } from './header.js'
import {
  readTransaction,
  serialiseTransaction,
  type Transaction,
  type TransactionOutput,
} from './transaction.js'

export interface Block {
  readonly header: BlockHeader
  /** Coinbase first. */
  readonly transactions: readonly Transaction[]
}

/** Throws RangeError, naming the field, unless `bytes` are exactly one block with a transaction or more. */
export function parseBlock(bytes: Uint8Array): Block {
  const reader = new ByteReader(bytes)
  const header = readHeader(reader)
  const count = reader.compactSize('transaction count')
  if (count === 0) throw new RangeError('transaction count: a block has at least a coinbase')
  const transactions: Transaction[] = []
  for (let i = 0; i < count; i++) transactions.push(readTransaction(reader))
  reader.end('block')
  return { header, transactions }
}

export function serialiseBlock({ header, transactions }: Block): Uint8Array {
  return concatBytes(
    serialiseHeader(header),
    compactSize(transactions.length),
    joinBytes(transactions.map(serialiseTransaction)),
  )
}

export function coinbaseOutputs({ transactions }: Block): readonly TransactionOutput[] {
  return transactions[0]?.outputs ?? []
}

/** What the coinbase pays out, which may be less than the block allows. */
export function coinbaseValueSats(block: Block): bigint {
  return coinbaseOutputs(block).reduce((sum, { valueSats }) => sum + valueSats, 0n)
}
