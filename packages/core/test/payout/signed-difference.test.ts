import { expect, test } from 'vitest'
import type { Transaction } from '../../src/chain/transaction.js'
import { signedDifference } from '../../src/payout/signed-difference.js'
import { versionToSign } from '../../src/payout/version-to-sign.js'

const coin = (n: number) => ({
  prevTxid: new Uint8Array(32).fill(n),
  prevIndex: n,
  script: new Uint8Array(),
  sequence: 0xfffffffd,
  witness: [],
})
const output = (n: number, valueSats: bigint) => ({ script: Uint8Array.of(n), valueSats })
const WANTED: Transaction = {
  version: 2,
  locktime: 0,
  inputs: [coin(1), coin(2)],
  outputs: [output(1, 1_000n), output(2, 2_000n)],
}

test('scripts and witnesses are no difference', () => {
  const inputs = WANTED.inputs.map((input) => ({
    ...input,
    script: Uint8Array.of(1),
    witness: [Uint8Array.of(2)],
  }))
  expect(signedDifference({ ...WANTED, inputs }, WANTED)).toBeUndefined()
})

test.each<[Partial<Transaction>, string]>([
  [{ inputs: [coin(3), coin(4)] }, 'spends none of its coins'],
  [{ inputs: [coin(1)] }, 'spends 1 coins, and 2 were to be spent'],
  [{ inputs: [coin(1), coin(3)] }, 'spends other coins'],
  [{ inputs: [coin(1), { ...coin(2), sequence: 0 }] }, 'has other sequence numbers'],
  [{ outputs: [output(1, 1_000n)] }, 'has 1 outputs, and 2 were to be paid'],
  [{ outputs: [output(1, 1_000n), output(3, 2_000n)] }, 'pays somebody else by output 1'],
  [
    { outputs: [output(1, 999n), output(2, 2_000n)] },
    'pays 999 satoshis by output 0, and 1000 were to be paid',
  ],
  [{ locktime: 1 }, 'has another version or lock time'],
])('%# is named', (change, words) => {
  expect(signedDifference({ ...WANTED, ...change }, WANTED)).toBe(words)
})

test('a payout without a version, or whose newest is signed, has nothing to sign', () => {
  expect(() => versionToSign({ id: 7n, state: 'planned', versions: [] })).toThrow(
    'Payout 7 is planned, and has nothing to sign.',
  )
})
