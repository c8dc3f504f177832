import { sha256, sha256Into } from '../hash.js'
import { SHARE_RECORD_BYTES } from './layout.js'
import { addUint256, UINT256_BYTES, uint256OfBytes } from './uint256.js'

/**
 * The Merkle-sum tree over the shares of a segment: a Merkle tree in which every node also states the work below
 * it, so that one path proves both that a share was counted and how much all shares together were worth.
 *
 * A node is 64 bytes, its hash and its sum (big-endian):
 *   leaf.hash = SHA-256(0x00, SHA-256(job record), SHA-256(worker record), share record, leaf.sum)
 *   node.hash = SHA-256(0x01, left, right), node.sum = left.sum + right.sum
 * The job and the worker stand in the leaf because the share's record names them only by number, and a path is to
 * prove whose share it was without the rest of the segment. The shape is that of RFC 9162 section 2.1.1: the left
 * subtree holds the largest power of two that is less than the number of leaves. The root of no leaves is
 * SHA-256 of nothing, with the sum 0.
 */
export const NODE_BYTES = 32 + UINT256_BYTES
const HASH_BYTES = 32

const DIGEST_BYTES = 32
const leafInput = new Uint8Array(1 + 2 * DIGEST_BYTES + SHARE_RECORD_BYTES + UINT256_BYTES)
const nodeInput = new Uint8Array(1 + 2 * NODE_BYTES).fill(0x01, 0, 1)

export function nodeHash(node: Uint8Array): Uint8Array {
  return node.subarray(0, HASH_BYTES)
}

export function nodeSum(node: Uint8Array): bigint {
  return uint256OfBytes(node.subarray(HASH_BYTES, NODE_BYTES))
}

export function emptyRoot(): Uint8Array {
  const node = new Uint8Array(NODE_BYTES)
  node.set(sha256(new Uint8Array(0)))
  return node
}

/** `work`: 32 bytes, big-endian. The digests are SHA-256 of the bytes of the two records, tag included. */
export function leafNode(
  jobDigest: Uint8Array,
  workerDigest: Uint8Array,
  shareRecord: Uint8Array,
  work: Uint8Array,
): Uint8Array {
  const node = new Uint8Array(NODE_BYTES)
  writeLeaf(node, jobDigest, workerDigest, shareRecord, 0, work)
  return node
}

function writeLeaf(
  out: Uint8Array,
  jobDigest: Uint8Array,
  workerDigest: Uint8Array,
  bytes: Uint8Array,
  recordOffset: number,
  work: Uint8Array,
): void {
  leafInput.set(jobDigest, 1)
  leafInput.set(workerDigest, 1 + DIGEST_BYTES)
  const recordStart = 1 + 2 * DIGEST_BYTES
  for (let i = 0; i < SHARE_RECORD_BYTES; i++) leafInput[recordStart + i] = bytes[recordOffset + i]!
  leafInput.set(work, recordStart + SHARE_RECORD_BYTES)
  sha256Into(leafInput, out)
  out.set(work, HASH_BYTES)
}

export function parentNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  const node = new Uint8Array(NODE_BYTES)
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + NODE_BYTES)
  writeParent(node)
  return node
}

/** Of the two nodes that stand in `nodeInput`. */
function writeParent(out: Uint8Array): void {
  addUint256(out, HASH_BYTES, nodeInput, 1 + HASH_BYTES, nodeInput, 1 + NODE_BYTES + HASH_BYTES)
  sha256Into(nodeInput, out)
}

/** The root as the definition states it, over leaves at hand. The tree below gives the same root one leaf at a time. */
export function merkleSumRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return emptyRoot()
  if (leaves.length === 1) return leaves[0]!
  const split = leftSize(leaves.length)
  return parentNode(merkleSumRoot(leaves.slice(0, split)), merkleSumRoot(leaves.slice(split)))
}

/** The largest power of two below `leafCount`, which is 2 or more. */
export function leftSize(leafCount: number): number {
  return 2 ** (31 - Math.clz32(leafCount - 1))
}

/** A segment holds fewer than 2^32 shares, so no more whole subtrees than this stand side by side. */
const MAX_LEVELS = 32

/**
 * The tree, grown a share at a time. It keeps only the roots of the whole subtrees to the left, one a level, as a
 * binary counter keeps its digits: appending costs two hashes on average.
 */
export class MerkleSumTree {
  readonly #peaks = new Uint8Array(MAX_LEVELS * NODE_BYTES)
  readonly #node = new Uint8Array(NODE_BYTES)
  #count = 0

  get count(): number {
    return this.#count
  }

  /** The share record stands in `bytes` at `recordOffset`; `work` is 32 bytes, big-endian. */
  append(
    jobDigest: Uint8Array,
    workerDigest: Uint8Array,
    bytes: Uint8Array,
    recordOffset: number,
    work: Uint8Array,
  ): void {
    writeLeaf(this.#node, jobDigest, workerDigest, bytes, recordOffset, work)
    this.#carry()
  }

  /** Appends a leaf that was made elsewhere. */
  appendLeaf(leaf: Uint8Array): void {
    this.#node.set(leaf)
    this.#carry()
  }

  #carry(): void {
    let level = 0
    for (let rest = this.#count; (rest & 1) === 1; rest >>>= 1) {
      nodeInput.set(this.#peakAt(level), 1)
      nodeInput.set(this.#node, 1 + NODE_BYTES)
      writeParent(this.#node)
      level++
    }
    this.#peaks.set(this.#node, level * NODE_BYTES)
    this.#count++
  }

  /** Root of the leaves so far, 64 bytes. */
  root(): Uint8Array {
    let root: Uint8Array | undefined
    for (let level = 0; level < MAX_LEVELS; level++) {
      if (((this.#count >>> level) & 1) === 0) continue
      const peak = this.#peakAt(level)
      root = root === undefined ? peak.slice() : parentNode(peak, root)
    }
    return root ?? emptyRoot()
  }

  #peakAt(level: number): Uint8Array {
    return this.#peaks.subarray(level * NODE_BYTES, (level + 1) * NODE_BYTES)
  }
}
