import { describe, expect, it, test } from 'vitest'
import { bytesToHex, reversedBytes } from '../../src/bytes.js'
import { parseAddress } from '../../src/chain/address.js'
import { txid } from '../../src/chain/transaction.js'
import { messageHash, toSign, toSpend } from '../../src/message/virtual-transactions.js'
import { basicVectors, generatedVectors, verdictOf } from './message-vectors.js'

const EMPTY = { script: new Uint8Array(), witness: [] } as const
const displayed = (hash: Uint8Array): string => bytesToHex(reversedBytes(hash))

describe('the vectors of BIP 322', () => {
  test.each(basicVectors.tx_hashes ?? [])('hashes "$message"', (vector) => {
    const parsed = parseAddress(vector.address, 'mainnet')
    if (!parsed.ok) throw new Error(parsed.message)
    expect(bytesToHex(messageHash(vector.message))).toBe(vector.message_hash)
    expect(displayed(txid(toSpend(vector.message, parsed.script)))).toBe(vector.to_spend_tx_hash)
    expect(displayed(txid(toSign(vector.message, parsed.script, EMPTY)))).toBe(vector.to_sign_tx_hash)
  })

  it.each([...basicVectors.simple, ...generatedVectors.simple])('simple, $type', (vector) => {
    for (const signature of vector.bip322_signatures)
      expect(verdictOf({ ...vector, signature })).toBe('valid')
  })

  // All of them hold from block 2016 on and not before. A script with the time in it is none of the forms we judge.
  it.each(generatedVectors.full ?? [])('full, $type', (vector) => {
    const expected = vector.type.endsWith('-time-lock') ? 'unsupported-script' : 'time-locked'
    for (const signature of vector.bip322_signatures) {
      expect(verdictOf({ ...vector, signature })).toBe(expected)
      expect(verdictOf({ ...vector, message: `${vector.message}.`, signature })).toBe('not-of-address')
    }
  })

  it.each(generatedVectors.proof_of_funds ?? [])('proof of funds, $type', (vector) => {
    for (const signature of vector.bip322_signatures)
      expect(verdictOf({ ...vector, signature })).toBe('unsupported-format')
  })

  it.each([...basicVectors.error, ...generatedVectors.error])('no: $description', (vector) => {
    expect(verdictOf(vector)).not.toBe('valid')
    // Not valid either at a later time.
    expect(verdictOf(vector)).not.toBe('time-locked')
  })
})
