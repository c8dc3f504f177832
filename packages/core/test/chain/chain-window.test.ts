import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extendWindow, problemOfNext, type ChainWindow } from '../../src/chain/chain-window.js'
import { blockHash, parseDisplayHash, parseHeader, serialiseHeader } from '../../src/chain/header.js'
import { nextNbits } from '../../src/chain/next-nbits.js'
import { hexToBytes } from '../../src/bytes.js'
import { anyHeaders, hashOf, windowOver } from './header-chain.js'

describe('extendWindow', () => {
  it('knows, block by block, what looking back over the whole chain would say', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('mainnet' as const, 'testnet3' as const, 'testnet4' as const),
        fc.integer({ min: 0, max: 100 }),
        anyHeaders({ minLength: 2, maxLength: 60 }),
        (network, periods, headers) => {
          const firstHeight = 2_016 * periods
          let window = windowOver(network, firstHeight, headers.slice(0, 1))
          for (let count = 2; count <= headers.length; count++) {
            window = extendWindow(window, headers[count - 1]!, hashOf(firstHeight + count - 1))
            expect(window).toEqual(windowOver(network, firstHeight, headers.slice(0, count)))
          }
        },
      ),
    )
  })

  it('begins a period anew', () => {
    const window = { ...windowOver('testnet4', 0, [firstHeader]), height: 2_015 }
    const next = { ...firstHeader, ntime: firstHeader.ntime + 1, nbits: 0x1d00fffe }
    const start = { ntime: next.ntime, nbits: next.nbits }
    expect(extendWindow(window, next, hashOf(1))).toMatchObject({
      height: 2_016,
      periodStart: start,
      ordinaryNbits: next.nbits,
    })
  })
})

// Blocks 0 and 1 of mainnet.
const BLOCK_0 =
  '0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c'
const BLOCK_1 =
  '010000006fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000982051fd1e4ba744bbbe680e1fee14677ba1a3c3540bf7b1cdb606e857233e0e61bc6649ffff001d01e36299'
const firstHeader = parseHeader(hexToBytes(BLOCK_0))
const secondHeader = parseHeader(hexToBytes(BLOCK_1))

describe('problemOfNext', () => {
  const window: ChainWindow = {
    ...windowOver('mainnet', 0, [firstHeader]),
    hash: parseDisplayHash('000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f'),
  }
  const problemOf = (changes: Partial<typeof secondHeader>, of = window) => {
    const header = { ...secondHeader, ...changes }
    return problemOfNext(of, header, blockHash(serialiseHeader(header)))
  }

  it('finds none in the second block of mainnet', () => {
    expect(problemOf({})).toBeNull()
  })

  it('names what is wrong', () => {
    expect(problemOf({ prevHash: new Uint8Array(32) })).toBe('not-connected')
    expect(problemOf({ nbits: 0x207fffff })).toBe('wrong-nbits')
    expect(problemOf({ nonce: 0 })).toBe('no-proof-of-work')
    const later = { ...window, ntimes: [secondHeader.ntime] }
    expect(problemOf({}, later)).toBe('too-old')
    expect(nextNbits(window, secondHeader.ntime)).toBe(secondHeader.nbits)
  })
})
