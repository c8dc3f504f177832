import { compactSize, compareBytes, concatBytes, equalBytes } from '../bytes.js'
import type { Transaction, TransactionOutput } from '../chain/transaction.js'
import { taggedHash } from '../hash.js'
import { judgeScript } from './judge-script.js'
import { taprootHash } from './sighash.js'
import { isSchnorrValid, tweakedKey } from './signature-check.js'
import { DOES_NOT_HOLD, OF_ANOTHER_ADDRESS, UNKNOWN_SCRIPT, type InvalidMessage } from './verdict.js'

const ANNEX = 0x50
/** BIP 342. Its lowest bit in a control block is the parity of the output key. */
const TAPSCRIPT = 0xc0
const CONTROL_HEAD_SIZE = 33
const NODE_SIZE = 32
const MAX_DEPTH = 128
const X_ONLY_KEY_SIZE = 32

/** By the output key (BIP 341), or by a leaf that is one key and OP_CHECKSIG (BIP 342). undefined when it is spent. */
export function judgeTaproot(
  transaction: Transaction,
  spent: TransactionOutput,
  outputKey: Uint8Array,
): InvalidMessage | undefined {
  const { script, witness } = transaction.inputs[0]!
  const [first, ...others] = witness
  if (script.length > 0 || first === undefined) return OF_ANOTHER_ADDRESS
  // Reserved for a later rule, so that nobody knows what it signs.
  if (others.at(-1)?.[0] === ANNEX) return UNKNOWN_SCRIPT
  if (others.length === 0) {
    const hashOf = (hashType: number): Uint8Array => taprootHash(transaction, spent, hashType)
    return isSchnorrValid(first, hashOf, outputKey) ? undefined : DOES_NOT_HOLD
  }
  const control = witness.at(-1)!
  const leaf = witness.at(-2)!
  const leafHash = hashOfLeaf(leaf)
  if (!isLeafOf(leafHash, control, outputKey)) return OF_ANOTHER_ADDRESS
  if ((control[0]! & 0xfe) !== TAPSCRIPT) return UNKNOWN_SCRIPT
  const hashOf = (hashType: number): Uint8Array => taprootHash(transaction, spent, hashType, leafHash)
  return judgeScript(leaf, witness.slice(0, -2), {
    isKey: (key) => key.length === X_ONLY_KEY_SIZE,
    isSigned: (signature, key) => isSchnorrValid(signature, hashOf, key),
  })
}

function hashOfLeaf(leaf: Uint8Array): Uint8Array {
  return taggedHash('TapLeaf', concatBytes(Uint8Array.of(TAPSCRIPT), compactSize(leaf.length), leaf))
}

/** BIP 341: the path from the leaf to the root, and the internal key that the root tweaks into the output key. */
function isLeafOf(leafHash: Uint8Array, control: Uint8Array, outputKey: Uint8Array): boolean {
  const depth = (control.length - CONTROL_HEAD_SIZE) / NODE_SIZE
  if (!Number.isInteger(depth) || depth < 0 || depth > MAX_DEPTH) return false
  const internalKey = control.subarray(1, CONTROL_HEAD_SIZE)
  let node = leafHash
  for (let at = CONTROL_HEAD_SIZE; at < control.length; at += NODE_SIZE) {
    const sibling = control.subarray(at, at + NODE_SIZE)
    const [left, right] = compareBytes(node, sibling) < 0 ? [node, sibling] : [sibling, node]
    node = taggedHash('TapBranch', concatBytes(left, right))
  }
  const tweaked = tweakedKey(internalKey, taggedHash('TapTweak', concatBytes(internalKey, node)))
  if (tweaked === undefined) return false
  return equalBytes(tweaked.key, outputKey) && tweaked.isOdd === ((control[0]! & 1) === 1)
}
