import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex, concatBytes } from '../../src/bytes.js'
import { sha256 } from '../../src/hash.js'
import { proveInclusion, verifyInclusion } from '../../src/journal/merkle-proof.js'
import { SHARE_RECORD_BYTES } from '../../src/journal/layout.js'
import {
  emptyRoot,
  leafNode,
  merkleSumRoot,
  MerkleSumTree,
  nodeHash,
  nodeSum,
  parentNode,
} from '../../src/journal/merkle-sum.js'
import { addUint256, uint256OfBytes, uint256ToBytes } from '../../src/journal/uint256.js'

const work = fc.bigInt({ min: 0n, max: (1n << 248n) - 1n })
const leaf = fc
  .tuple(fc.uint8Array({ minLength: 32, maxLength: 32 }), work)
  .map(([hash, sum]) => concatBytes(hash, uint256ToBytes(sum)))
const leaves = fc.array(leaf, { maxLength: 40 })

function rootOf(nodes: readonly Uint8Array[]): Uint8Array {
  const tree = new MerkleSumTree()
  for (const node of nodes) tree.appendLeaf(node)
  return tree.root()
}

describe('the Merkle-sum tree', () => {
  it('has the same root grown leaf by leaf as by definition, for every size to 130', () => {
    const nodes: Uint8Array[] = []
    const tree = new MerkleSumTree()
    for (let n = 0; n <= 130; n++) {
      expect(tree.count).toBe(n)
      expect(bytesToHex(tree.root())).toBe(bytesToHex(merkleSumRoot(nodes)))
      const next = concatBytes(sha256(Uint8Array.of(n)), uint256ToBytes(BigInt(n) ** 7n))
      nodes.push(next)
      tree.appendLeaf(next)
    }
  })

  it('sums exactly', () => {
    fc.assert(
      fc.property(leaves, (nodes) => {
        expect(nodeSum(rootOf(nodes))).toBe(nodes.reduce((sum, node) => sum + nodeSum(node), 0n))
      }),
    )
  })

  it('hashes what the definition says', () => {
    const [job, worker] = [sha256(Uint8Array.of(1)), sha256(Uint8Array.of(2))]
    const record = new Uint8Array(SHARE_RECORD_BYTES).fill(7)
    const sum = uint256ToBytes(12345n)
    const one = leafNode(job, worker, record, sum)
    expect(nodeHash(one)).toEqual(sha256(concatBytes(Uint8Array.of(0), job, worker, record, sum)))
    const two = parentNode(one, one)
    expect(nodeHash(two)).toEqual(sha256(concatBytes(Uint8Array.of(1), one, one)))
    expect(nodeSum(two)).toBe(24690n)
    const tree = new MerkleSumTree()
    tree.append(job, worker, concatBytes(Uint8Array.of(9, 9), record), 2, sum)
    expect(tree.root()).toEqual(one)
    expect(bytesToHex(nodeHash(emptyRoot()))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
  })

  it('refuses a sum above 256 bits', () => {
    const huge = concatBytes(new Uint8Array(32), uint256ToBytes((1n << 256n) - 1n))
    expect(() => parentNode(huge, huge)).toThrow(RangeError)
  })
})

describe('an inclusion proof', () => {
  it('holds for every leaf', () => {
    fc.assert(
      fc.property(fc.array(leaf, { minLength: 1, maxLength: 20 }), (nodes) => {
        const root = rootOf(nodes)
        nodes.forEach((node, index) => {
          expect(verifyInclusion(node, proveInclusion(nodes, index), nodeHash(root), nodeSum(root))).toBe(
            true,
          )
        })
      }),
    )
  })

  it('fails when anything in it is changed', () => {
    const notEmpty = fc.array(leaf, { minLength: 2, maxLength: 20 })
    fc.assert(
      fc.property(
        notEmpty,
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (nodes, pick, place, flip) => {
          const index = pick % nodes.length
          const proof = proveInclusion(nodes, index)
          const root = rootOf(nodes)
          const [hash, sum] = [nodeHash(root), nodeSum(root)]
          const node = nodes[index]!
          const changed = (bytes: Uint8Array): Uint8Array =>
            bytes.map((byte, i) => (i === place % bytes.length ? byte ^ flip : byte))
          const path = proof.path.map((step, i) => (i === place % proof.path.length ? changed(step) : step))
          expect(verifyInclusion(changed(node), proof, hash, sum)).toBe(false)
          expect(verifyInclusion(node, { ...proof, path }, hash, sum)).toBe(false)
          expect(verifyInclusion(node, { ...proof, path: proof.path.slice(1) }, hash, sum)).toBe(false)
          expect(verifyInclusion(node, { ...proof, path: [...proof.path, node] }, hash, sum)).toBe(false)
          expect(verifyInclusion(node, proof, changed(hash), sum)).toBe(false)
          expect(verifyInclusion(node, proof, hash, sum + 1n)).toBe(false)
        },
      ),
    )
  })

  it('refuses numbers and sizes that cannot be', () => {
    const node = concatBytes(new Uint8Array(32), uint256ToBytes(1n))
    const hash = nodeHash(node)
    expect(verifyInclusion(node, { index: 0, count: 1, path: [] }, hash, 1n)).toBe(true)
    for (const [index, count] of [
      [1, 1],
      [-1, 1],
      [0, 0],
      [0.5, 1],
      [0, NaN],
      [0, 2 ** 33],
    ] as const) {
      expect(verifyInclusion(node, { index, count, path: [] }, hash, 1n)).toBe(false)
    }
    expect(verifyInclusion(node, { index: 0, count: 2, path: [hash] }, hash, 1n)).toBe(false)
    expect(() => proveInclusion([node], 1)).toThrow(RangeError)
    const tooMuch = concatBytes(hash, uint256ToBytes((1n << 256n) - 1n))
    expect(verifyInclusion(node, { index: 0, count: 2, path: [tooMuch] }, hash, 0n)).toBe(false)
  })
})

describe('256-bit sums', () => {
  it('agree with bigint', () => {
    fc.assert(
      fc.property(work, work, (a, b) => {
        const out = new Uint8Array(32)
        addUint256(out, 0, uint256ToBytes(a), 0, uint256ToBytes(b), 0)
        expect(uint256OfBytes(out)).toBe(a + b)
      }),
    )
    expect(() => uint256ToBytes(-1n)).toThrow(RangeError)
    expect(() => uint256ToBytes(1n << 256n)).toThrow(RangeError)
  })
})
