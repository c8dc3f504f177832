import { concatBytes, uint64LE } from '../bytes.js'
import { sha256 } from '../hash.js'
import { proveInclusion, type InclusionProof } from '../journal/merkle-proof.js'
import { merkleSumRoot, NODE_BYTES, nodeSum, parentNode } from '../journal/merkle-sum.js'
import { uint256ToBytes } from '../journal/uint256.js'

/** What the tree fixes of one line of a block's split. */
export interface PayoutRow {
  /** His name in the public log. */
  readonly payee: string
  /** prefixAfter - prefixBefore. */
  readonly score: bigint
  readonly amountSats: bigint
  /** What of it he has for finding the block. */
  readonly bonusSats: bigint
  /** What of it the block's coinbase has paid to him itself. */
  readonly directSats: bigint
}

/** Keeps a leaf of this tree from ever being one of a segment's. */
const LEAF = 0x02
const utf8 = new TextEncoder()

/**
 * A Merkle-sum tree over the lines of a split, in their order, whose sums are scores. So a path proves more than that
 * the line is there: what stands left of it adds up to the prefix sum that its amount is computed from, and the root's
 * sum is the whole window.
 *
 *   leaf.hash = SHA-256(0x02, size of payee, payee, score, amountSats, bonusSats, directSats), leaf.sum = score
 */
export function payoutLeaf({ payee, score, amountSats, bonusSats, directSats }: PayoutRow): Uint8Array {
  const name = utf8.encode(payee)
  if (name.length > 0xff) throw new RangeError(`a name of ${name.length} bytes`)
  const sum = uint256ToBytes(score)
  const content = [sum, ...[amountSats, bonusSats, directSats].map(uint64LE)]
  return concatBytes(sha256(concatBytes(Uint8Array.of(LEAF, name.length), name, ...content)), sum)
}

/** 64 bytes: hash and sum. The tree's shape is that of a segment's. */
export function payoutRoot(rows: readonly PayoutRow[]): Uint8Array {
  return merkleSumRoot(rows.map(payoutLeaf))
}

export function provePayout(rows: readonly PayoutRow[], index: number): InclusionProof {
  return proveInclusion(rows.map(payoutLeaf), index)
}

/** Where a path leads, and what stands left of its leaf. */
export interface ClimbedPath {
  readonly root: Uint8Array
  /** Sum of all leaves before the proved one. */
  readonly sumBefore: bigint
}

/**
 * Climbs from a leaf to the root as RFC 9162 section 2.1.3.2 does, and adds up the siblings on the left. Undefined when
 * the path is not one of a tree with so many leaves. Never throws.
 */
export function climbPayout(leaf: Uint8Array, proof: InclusionProof): ClimbedPath | undefined {
  const { index, count, path } = proof
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(count)) return undefined
  if (index < 0 || index >= count || count > 0x7fffffff) return undefined
  if ([leaf, ...path].some((node) => node.length !== NODE_BYTES)) return undefined
  try {
    return climb(leaf, index, count - 1, path)
  } catch {
    // A forged sibling may state a sum that does not fit.
    return undefined
  }
}

function climb(
  leaf: Uint8Array,
  index: number,
  lastIndex: number,
  path: readonly Uint8Array[],
): ClimbedPath | undefined {
  let [node, position, last, sumBefore] = [leaf, index, lastIndex, 0n]
  for (const sibling of path) {
    if (last === 0) return undefined
    // A last node without a partner moves up unchanged until it is a right child.
    while (position === last && (position & 1) === 0) {
      position >>>= 1
      last >>>= 1
    }
    const isRight = (position & 1) === 1
    if (isRight) sumBefore += nodeSum(sibling)
    node = isRight ? parentNode(sibling, node) : parentNode(node, sibling)
    position >>>= 1
    last >>>= 1
  }
  return last === 0 ? { root: node, sumBefore } : undefined
}
