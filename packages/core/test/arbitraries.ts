import fc from 'fast-check'
import type { Block } from '../src/chain/block.js'
import type { BlockHeader } from '../src/chain/header.js'
import type { Transaction, TransactionInput, TransactionOutput } from '../src/chain/transaction.js'

const MAX_UINT32 = 0xffffffff
const MAX_MONEY_SATS = 2_100_000_000_000_000n

export const uint32 = fc.integer({ min: 0, max: MAX_UINT32 })

export function bytesOfSize(size: number): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: size, maxLength: size })
}

export const hash = bytesOfSize(32)

/** Sometimes long enough for a size of three bytes. */
const script = fc.oneof(
  { weight: 9, arbitrary: fc.uint8Array({ maxLength: 60 }) },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 250, maxLength: 300, size: 'max' }) },
)

const output: fc.Arbitrary<TransactionOutput> = fc.record({
  valueSats: fc.bigInt({ min: 0n, max: MAX_MONEY_SATS }),
  script,
})

function input(witness: fc.Arbitrary<Uint8Array[]>): fc.Arbitrary<TransactionInput> {
  return fc.record({ prevTxid: hash, prevIndex: uint32, script, sequence: uint32, witness })
}

function transactionOf(witness: fc.Arbitrary<Uint8Array[]>): fc.Arbitrary<Transaction> {
  return fc.record({
    version: uint32,
    inputs: fc.array(input(witness), { minLength: 1, maxLength: 4 }),
    outputs: fc.array(output, { minLength: 1, maxLength: 4 }),
    locktime: uint32,
  })
}

/** With and without witness. */
export const transaction: fc.Arbitrary<Transaction> = fc.oneof(
  transactionOf(fc.constant([])),
  transactionOf(fc.array(script, { maxLength: 3 })),
)

export const header: fc.Arbitrary<BlockHeader> = fc.record({
  version: uint32,
  prevHash: hash,
  merkleRoot: hash,
  ntime: uint32,
  nbits: uint32,
  nonce: uint32,
})

export const block: fc.Arbitrary<Block> = fc.record({
  header,
  transactions: fc.array(transaction, { minLength: 1, maxLength: 8 }),
})
