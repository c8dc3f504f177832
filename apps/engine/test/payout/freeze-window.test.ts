import { bytesToHex } from '@headframe/core/bytes'
import { addressOfScript, parseAddress } from '@headframe/core/chain/address'
import { outputScript } from '@headframe/core/chain/output-script'
import { expect, test } from 'vitest'
import { freezeWindow } from '../../src/payout/freeze-window.js'

const [ANNA, BERT] = [
  'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080',
  'mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn',
] as const
const scriptOf = (address: string): Uint8Array => {
  const parsed = parseAddress(address, 'regtest')
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.script
}
const terms = { feeBasisPoints: 100, finderBonusBasisPoints: 25, pplnsWindow: 4 }
const end = { position: 5n, index: 3 }
const options = { network: 'regtest', terms, restScript: new Uint8Array(22) } as const
const scores = new Map([
  [ANNA, 2n],
  [BERT, 7n],
  ['no address of this network', 1n],
])

test('whoever has an output counts, and so do those who have none', () => {
  const split = freezeWindow(end, { scores }, options)!
  expect(split.window).toEqual({ endPosition: 5n, endIndex: 3, ...terms })
  expect(split.total).toBe(10n)
  expect(split.payees.map((payee) => ({ ...payee, script: bytesToHex(payee.script) }))).toEqual([
    { script: bytesToHex(scriptOf(BERT)), prefixBefore: 2n, prefixAfter: 9n },
    { script: bytesToHex(scriptOf(ANNA)), prefixBefore: 0n, prefixAfter: 2n },
  ])
})

test("a miner whose address is the pool's has no output of his own", () => {
  const split = freezeWindow(end, { scores }, { ...options, restScript: scriptOf(BERT) })!
  expect(split.total).toBe(10n)
  expect(split.payees.map(({ prefixBefore }) => prefixBefore)).toEqual([0n])
})

test('there are no more than a coinbase has room for, those with most of the window, and none of an empty one', () => {
  const addresses = Array.from({ length: 600 }, (_, number) => {
    const payload = new Uint8Array(20)
    new DataView(payload.buffer).setUint32(0, number)
    return addressOfScript(outputScript({ type: 'p2wpkh', payload }), 'regtest')!
  })
  const many = new Map(addresses.map((address, number) => [address, BigInt(number + 1)]))
  const { payees, total } = freezeWindow(end, { scores: many }, options)!
  expect(total).toBe((600n * 601n) / 2n)
  expect(payees.map(({ prefixBefore, prefixAfter }) => prefixAfter - prefixBefore)).toEqual(
    Array.from({ length: 516 }, (_, rank) => BigInt(600 - rank)),
  )
  expect(freezeWindow(end, { scores: new Map() }, options)).toBeUndefined()
})
