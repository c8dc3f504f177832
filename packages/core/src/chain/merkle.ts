import { fastestHasher, sha256d } from '../hash.js'
import type { Hasher } from '../hash/hasher.js'

/**
 * Bitcoin's Merkle tree: nodes are double SHA-256 of two 32-byte hashes, and the last node of an odd level is
 * paired with itself (Bitcoin Core `consensus/merkle.cpp`). All hashes in internal order.
 */
const pair = new Uint8Array(64)

function hashPair(left: Uint8Array, right: Uint8Array): Uint8Array {
  pair.set(left, 0)
  pair.set(right, 32)
  return sha256d(pair)
}

/** Root over the hashes of a block's transactions, coinbase first. Throws RangeError when there are none. */
export function merkleRoot(hashes: readonly Uint8Array[]): Uint8Array {
  const [first, ...rest] = hashes
  if (first === undefined) throw new RangeError('a Merkle root needs at least one hash')
  return rootFromPath(first, merklePath(rest))
}

/**
 * Sibling hashes from the coinbase, index 0, up to the root: all that is needed for the root once the coinbase
 * is known. `txids` are those of the transactions behind the coinbase; `level` lacks the node above the coinbase.
 */
export function merklePath(txids: readonly Uint8Array[]): Uint8Array[] {
  const path: Uint8Array[] = []
  let level = txids
  for (let sibling = level[0]; sibling !== undefined; sibling = level[0]) {
    path.push(sibling)
    const above: Uint8Array[] = []
    for (let i = 1; i < level.length; i += 2) above.push(hashPair(level[i]!, level[i + 1] ?? level[i]!))
    level = above
  }
  return path
}

export function rootFromPath(coinbaseTxid: Uint8Array, path: readonly Uint8Array[]): Uint8Array {
  const root = new Uint8Array(32)
  rootFromPathInto(root, coinbaseTxid, path)
  return root
}

/** `rootFromPath` into 32 bytes of the caller, without allocating; `out` may be `coinbaseTxid` itself. */
export function rootFromPathInto(
  out: Uint8Array,
  coinbaseTxid: Uint8Array,
  path: readonly Uint8Array[],
  hasher: Hasher = fastestHasher,
): void {
  out.set(coinbaseTxid)
  for (const sibling of path) {
    pair.set(out, 0)
    pair.set(sibling, 32)
    hasher.sha256dInto(pair, out, 0)
  }
}
