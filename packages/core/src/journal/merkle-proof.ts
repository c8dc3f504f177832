import { equalBytes } from '../bytes.js'
import { leftSize, merkleSumRoot, NODE_BYTES, nodeSum, parentNode } from './merkle-sum.js'

/** That a leaf stands at `index` among `count` leaves: the siblings from the leaf up, 64 bytes each. */
export interface InclusionProof {
  readonly index: number
  readonly count: number
  readonly path: readonly Uint8Array[]
}

/** RFC 9162 section 2.1.3.1. Throws RangeError when there is no leaf `index`. */
export function proveInclusion(leaves: readonly Uint8Array[], index: number): InclusionProof {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError(`no leaf ${index} among ${leaves.length}`)
  }
  return { index, count: leaves.length, path: pathTo(leaves, index) }
}

function pathTo(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (leaves.length === 1) return []
  const split = leftSize(leaves.length)
  const left = leaves.slice(0, split)
  const right = leaves.slice(split)
  if (index < split) return [...pathTo(left, index), merkleSumRoot(right)]
  return [...pathTo(right, index - split), merkleSumRoot(left)]
}

/**
 * Whether `proof` shows that `leaf` is counted under a root that a trailer states as hash and work.
 * RFC 9162 section 2.1.3.2, with the sums checked on the way. Never throws, whatever it is given.
 */
export function verifyInclusion(
  leaf: Uint8Array,
  proof: InclusionProof,
  root: Uint8Array,
  work: bigint,
): boolean {
  const { index, count, path } = proof
  if (!Number.isInteger(index) || !Number.isInteger(count)) return false
  if (index < 0 || index >= count || count > 0xffffffff) return false
  if (leaf.length !== NODE_BYTES || path.some((sibling) => sibling.length !== NODE_BYTES)) return false
  const top = climb(leaf, index, count, path)
  return top !== undefined && equalBytes(top.subarray(0, 32), root) && nodeSum(top) === work
}

function climb(
  leaf: Uint8Array,
  index: number,
  count: number,
  path: readonly Uint8Array[],
): Uint8Array | undefined {
  let node = leaf
  let position = index
  let last = count - 1
  for (const sibling of path) {
    if (last === 0) return undefined
    // A last node without a partner moves up unchanged until it is a right child.
    if (position === last) {
      while ((position & 1) === 0) {
        position >>>= 1
        last >>>= 1
      }
    }
    const pair = (position & 1) === 1 ? parentOrNothing(sibling, node) : parentOrNothing(node, sibling)
    if (pair === undefined) return undefined
    node = pair
    position >>>= 1
    last >>>= 1
  }
  return last === 0 ? node : undefined
}

/** A forged sibling may state a sum that does not fit. */
function parentOrNothing(left: Uint8Array, right: Uint8Array): Uint8Array | undefined {
  try {
    return parentNode(left, right)
  } catch {
    return undefined
  }
}
