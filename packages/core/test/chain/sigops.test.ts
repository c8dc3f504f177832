import { describe, expect, it } from 'vitest'
import { hexToBytes } from '../../src/bytes.js'
import { outputScript } from '../../src/chain/output-script.js'
import { legacySigops } from '../../src/chain/sigops.js'

const key = `21${'02'.repeat(33)}`

describe('legacySigops', () => {
  it.each([
    ['p2pkh', 20, 1],
    ['p2sh', 20, 0],
    ['p2wpkh', 20, 0],
    ['p2wsh', 32, 0],
    ['p2tr', 32, 0],
  ] as const)('of an address of the kind %s', (type, size, count) => {
    // 0xac is OP_CHECKSIG: inside of a push it is none.
    expect(legacySigops(outputScript({ type, payload: new Uint8Array(size).fill(0xac) }))).toBe(count)
  })

  it.each([
    ['a bare key', `${key}ac`, 1],
    ['a bare multisig, whatever its number of keys', `51${key}${key}52ae`, 20],
    ['what verifies', 'adaf', 21],
    ['pushes of every form', '4c02acac4d0200acac4e02000000acacac', 1],
    ['a push that is cut off, and what stood before it', 'ac4d0500acac', 1],
    ['a length that is cut off', 'ac4d05', 1],
    ['nothing', '', 0],
  ])('of %s', (_what, script, count) => {
    expect(legacySigops(hexToBytes(script))).toBe(count)
  })
})
