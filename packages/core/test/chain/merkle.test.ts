import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex, concatBytes, hexToBytes } from '../../src/bytes.js'
import { parseBlock } from '../../src/chain/block.js'
import { merklePath, merkleRoot, rootFromPath, rootFromPathInto } from '../../src/chain/merkle.js'
import { txid } from '../../src/chain/transaction.js'
import { sha256d } from '../../src/hash.js'
import { hash } from '../arbitraries.js'
import { blockVectors } from '../read-vectors.js'

const hashes = fc.array(hash, { minLength: 1, maxLength: 40 })

/** The definition, level by level, without a path. */
function rootByLevels(level: readonly Uint8Array[]): Uint8Array {
  if (level.length === 1) return level[0]!
  const even = level.length % 2 === 0 ? level : [...level, level.at(-1)!]
  return rootByLevels(
    even.flatMap((left, i) => (i % 2 === 0 ? [sha256d(concatBytes(left, even[i + 1]!))] : [])),
  )
}

describe('the Merkle tree of a block', () => {
  it.each(blockVectors())('of $network $height', ({ hex }) => {
    const { header, transactions } = parseBlock(hexToBytes(hex))
    const [coinbase, ...others] = transactions.map(txid)
    expect(bytesToHex(merkleRoot(transactions.map(txid)))).toBe(bytesToHex(header.merkleRoot))
    expect(rootFromPath(coinbase!, merklePath(others))).toEqual(Uint8Array.from(header.merkleRoot))
  })

  it('is the one of the definition', () => {
    fc.assert(
      fc.property(hashes, (leaves) => {
        expect(merkleRoot(leaves)).toEqual(rootByLevels(leaves))
      }),
    )
  })

  it('has one sibling for each level', () => {
    fc.assert(
      fc.property(hashes, (leaves) => {
        expect(merklePath(leaves.slice(1))).toHaveLength(Math.ceil(Math.log2(leaves.length)))
      }),
    )
  })

  it('has the same path whatever the coinbase is', () => {
    fc.assert(
      fc.property(hash, hash, hashes, (one, other, rest) => {
        const path = merklePath(rest)
        expect(rootFromPath(one, path)).toEqual(merkleRoot([one, ...rest]))
        expect(rootFromPath(other, path)).toEqual(merkleRoot([other, ...rest]))
      }),
    )
  })

  it('changes with every leaf', () => {
    fc.assert(
      fc.property(hashes, fc.nat(), fc.nat(255), (leaves, at, bit) => {
        const index = at % leaves.length
        const changed = leaves.map((leaf) => Uint8Array.from(leaf))
        changed[index]![bit >> 3]! ^= 1 << (bit & 7)
        expect(merkleRoot(changed)).not.toEqual(merkleRoot(leaves))
      }),
    )
  })

  it('leaves its leaves alone, and can be written over the coinbase', () => {
    fc.assert(
      fc.property(hash, hashes, (coinbase, rest) => {
        const before = rest.map((leaf) => Uint8Array.from(leaf))
        const path = merklePath(rest)
        const expected = rootFromPath(coinbase, path)
        rootFromPathInto(coinbase, coinbase, path)
        expect(coinbase).toEqual(expected)
        expect(rest).toEqual(before)
      }),
    )
  })

  it('needs a coinbase', () => {
    expect(() => merkleRoot([])).toThrow(RangeError)
  })
})
