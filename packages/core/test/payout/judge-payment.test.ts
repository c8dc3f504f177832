import { expect, test } from 'vitest'
import { outputScript } from '../../src/chain/output-script.js'
import type { Transaction, TransactionOutput } from '../../src/chain/transaction.js'
import {
  isSignedFormOf,
  judgePayment,
  outpointsOf,
  type PaymentTerms,
} from '../../src/payout/judge-payment.js'

const script = (n: number) => outputScript({ type: 'p2wpkh', payload: new Uint8Array(20).fill(n) })
const output = (n: number, valueSats: bigint): TransactionOutput => ({ script: script(n), valueSats })

function spending(coins: readonly number[], outputs: readonly TransactionOutput[]): Transaction {
  const inputs = coins.map((coin) => ({
    prevTxid: new Uint8Array(32).fill(coin),
    prevIndex: coin,
    script: new Uint8Array(),
    sequence: 0xfffffffd,
    witness: [],
  }))
  return { version: 2, locktime: 0, inputs, outputs }
}

const TERMS: PaymentTerms = {
  feePayer: 'pool',
  items: [
    { address: 'one', script: script(1), amountSats: 1_000n },
    { address: 'two', script: script(2), amountSats: 2_000n },
  ],
  feeSats: 100n,
  maxFeeSats: 100n,
  earlier: [],
}
const FIRST = spending([7, 8], [output(2, 2_000n), output(9, 50_000n), output(1, 1_000n)])

test('a payment of each item and a change, in whatever order, is one', () => {
  expect(judgePayment(FIRST, TERMS)).toEqual({
    ok: true,
    sentSats: [1_000n, 2_000n],
    changeScript: script(9),
  })
  const withoutChange = spending([7], [output(1, 1_000n), output(2, 2_000n)])
  expect(judgePayment(withoutChange, TERMS)).toMatchObject({ ok: true, changeScript: undefined })
})

test.each<[string, Transaction, Partial<PaymentTerms>, string]>([
  ['nothing for one', spending([7], [output(1, 1_000n)]), {}, 'it does not pay two'],
  [
    'too little',
    spending([7], [output(1, 999n), output(2, 2_000n)]),
    {},
    'it pays one 999 satoshis, and 1000 are due',
  ],
  ['too much', spending([7], [output(1, 1_001n), output(2, 2_000n)]), {}, 'it pays one 1001'],
  [
    'a second change',
    spending([7], [output(1, 1_000n), output(2, 2_000n), output(3, 1n), output(4, 1n)]),
    {},
    'it has 2 outputs that nobody asked for',
  ],
  [
    'one twice',
    spending([7], [output(1, 1_000n), output(1, 1_000n), output(2, 2_000n), output(9, 1n)]),
    {},
    'it has 2 outputs that nobody asked for',
  ],
  ['a fee above the cap', FIRST, { feeSats: 101n }, 'it costs 101 satoshis, and 100 are allowed'],
  ['other coins', spending([7], FIRST.outputs), { earlier: [FIRST] }, 'does not spend what an earlier'],
  [
    'more off the payees than the fee',
    spending([7], [output(1, 940n), output(2, 1_950n)]),
    { feePayer: 'payees' },
    'it takes 110 satoshis off the payees for a fee of 100',
  ],
])('%s is none', (_, transaction, changes, problem) => {
  const verdict = judgePayment(transaction, { ...TERMS, ...changes })
  expect(verdict).toEqual({ ok: false, problem: expect.stringContaining(problem) as string })
})

test('payees may bear the fee, and a later version takes no more of them', () => {
  const terms = { ...TERMS, feePayer: 'payees' as const }
  const first = spending([7], [output(1, 950n), output(2, 1_950n)])
  expect(judgePayment(first, terms)).toMatchObject({ ok: true, sentSats: [950n, 1_950n] })
  const later = { ...terms, feeSats: 300n, maxFeeSats: 300n, earlier: [first] }
  expect(judgePayment(spending([7, 8], [...first.outputs, output(9, 5n)]), later)).toMatchObject({ ok: true })
  expect(judgePayment(spending([7], [output(1, 900n), output(2, 1_950n)]), later)).toMatchObject({
    ok: false,
    problem: 'it pays one 900 satoshis, and an earlier version 950',
  })
})

test('signing changes nothing but scripts and witnesses', () => {
  const inputs = FIRST.inputs.map((input) => ({ ...input, witness: [Uint8Array.of(1)] }))
  expect(isSignedFormOf({ ...FIRST, inputs }, FIRST)).toBe(true)
  expect(isSignedFormOf({ ...FIRST, inputs, locktime: 1 }, FIRST)).toBe(false)
  expect(isSignedFormOf({ ...FIRST, inputs: inputs.slice(1) }, FIRST)).toBe(false)
  expect(
    isSignedFormOf({ ...FIRST, inputs: inputs.map((input) => ({ ...input, sequence: 0 })) }, FIRST),
  ).toBe(false)
  expect(isSignedFormOf({ ...FIRST, outputs: [...FIRST.outputs].reverse() }, FIRST)).toBe(false)
})

test('coins are named as a node names them', () => {
  expect(outpointsOf(FIRST)[0]).toEqual({ txid: '07'.repeat(32), index: 7 })
})
