import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concatBytes } from '../../src/bytes.js'
import { splitTransactions } from '../../src/chain/split-transactions.js'
import { serialiseTransaction } from '../../src/chain/transaction.js'

const bytes = (max: number) => fc.uint8Array({ maxLength: max })
const transaction = fc
  .record({
    version: fc.constant(2),
    inputs: fc.array(
      fc.record({
        prevTxid: fc.uint8Array({ minLength: 32, maxLength: 32 }),
        prevIndex: fc.nat(),
        script: bytes(40),
        sequence: fc.nat(),
        witness: fc.array(bytes(80), { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    outputs: fc.array(fc.record({ valueSats: fc.bigInt({ min: 0n, max: 10n ** 15n }), script: bytes(40) }), {
      minLength: 1,
      maxLength: 3,
    }),
    locktime: fc.nat(),
  })
  .map(serialiseTransaction)

test('cuts what was joined', () => {
  fc.assert(
    fc.property(fc.array(transaction, { maxLength: 6 }), (transactions) => {
      expect(splitTransactions(concatBytes(...transactions), transactions.length)).toEqual(transactions)
    }),
  )
})

test('refuses a wrong count', () => {
  fc.assert(
    fc.property(fc.array(transaction, { minLength: 1, maxLength: 4 }), (transactions) => {
      const joined = concatBytes(...transactions)
      expect(() => splitTransactions(joined, transactions.length - 1)).toThrow(RangeError)
      expect(() => splitTransactions(joined, transactions.length + 1)).toThrow(RangeError)
    }),
  )
})
