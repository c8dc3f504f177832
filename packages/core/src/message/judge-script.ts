import { equalBytes } from '../bytes.js'
import { hash160 } from '../hash.js'
import { readScript, smallNumber, type ScriptItem } from './pushes.js'
import { DOES_NOT_HOLD, OF_ANOTHER_ADDRESS, UNKNOWN_SCRIPT, type InvalidMessage } from './verdict.js'

const OP_DUP = 0x76
const OP_EQUALVERIFY = 0x88
const OP_HASH160 = 0xa9
export const OP_CHECKSIG = 0xac
const OP_CHECKMULTISIG = 0xae
const MAX_MULTISIG_KEYS = 16

/** What a script's signatures are checked with. */
export interface KeyRules {
  /** Whether a script of this kind may name such a key. */
  readonly isKey: (key: Uint8Array) => boolean
  readonly isSigned: (signature: Uint8Array, key: Uint8Array) => boolean
}

/**
 * Whether `stack`, the oldest item first, satisfies a script of one of the common forms: a key, the hash of a key, m of
 * n keys. undefined when it does. Nothing is left on the stack (CLEANSTACK).
 */
export function judgeScript(
  script: Uint8Array,
  stack: readonly Uint8Array[],
  rules: KeyRules,
): InvalidMessage | undefined {
  const items = readScript(script)
  if (items === undefined) return UNKNOWN_SCRIPT
  const keys = keysOfMultisig(items, rules)
  if (keys !== undefined) return judgeMultisig(keys, stack, rules)
  const key = keyOfCheckSig(items, rules)
  if (key !== undefined) {
    const [signature, ...others] = stack
    if (signature === undefined || others.length > 0) return OF_ANOTHER_ADDRESS
    return rules.isSigned(signature, key) ? undefined : DOES_NOT_HOLD
  }
  const keyHash = keyHashOf(items)
  return keyHash === undefined ? UNKNOWN_SCRIPT : judgeKeyHash(keyHash, stack, rules)
}

/** A signature and the key whose hash is known. */
export function judgeKeyHash(
  keyHash: Uint8Array,
  stack: readonly Uint8Array[],
  { isKey, isSigned }: KeyRules,
): InvalidMessage | undefined {
  const [signature, key, ...others] = stack
  if (signature === undefined || key === undefined || others.length > 0) return OF_ANOTHER_ADDRESS
  if (!isKey(key) || !equalBytes(hash160(key), keyHash)) return OF_ANOTHER_ADDRESS
  return isSigned(signature, key) ? undefined : DOES_NOT_HOLD
}

interface Multisig {
  readonly wanted: number
  readonly keys: readonly Uint8Array[]
}

/** `m <key>... n OP_CHECKMULTISIG`. */
function keysOfMultisig(items: readonly ScriptItem[], { isKey }: KeyRules): Multisig | undefined {
  if (items.length < 4 || items.at(-1)?.opcode !== OP_CHECKMULTISIG) return undefined
  const wanted = smallNumber(items[0]!)
  const count = smallNumber(items.at(-2)!)
  const keys = items.slice(1, -2).map(({ data }) => data)
  if (wanted === undefined || count !== keys.length || wanted > count || count > MAX_MULTISIG_KEYS)
    return undefined
  return keys.every((key) => key !== undefined && isKey(key))
    ? { wanted, keys: keys as Uint8Array[] }
    : undefined
}

/** In the order of the keys, behind an empty item (BIP 147). Each signature is tried on the keys that are left. */
function judgeMultisig(
  { wanted, keys }: Multisig,
  stack: readonly Uint8Array[],
  { isSigned }: KeyRules,
): InvalidMessage | undefined {
  const [dummy, ...signatures] = stack
  if (dummy?.length !== 0 || signatures.length !== wanted) return OF_ANOTHER_ADDRESS
  let at = 0
  for (const signature of signatures) {
    while (at < keys.length && !isSigned(signature, keys[at]!)) at++
    if (at === keys.length) return DOES_NOT_HOLD
    at++
  }
  return undefined
}

/** `<key> OP_CHECKSIG`. */
function keyOfCheckSig(items: readonly ScriptItem[], { isKey }: KeyRules): Uint8Array | undefined {
  const [key, check, ...others] = items
  if (others.length > 0 || check?.opcode !== OP_CHECKSIG || key?.data === undefined) return undefined
  return isKey(key.data) ? key.data : undefined
}

/** `OP_DUP OP_HASH160 <hash> OP_EQUALVERIFY OP_CHECKSIG`. */
function keyHashOf(items: readonly ScriptItem[]): Uint8Array | undefined {
  const opcodes = items.map(({ opcode }) => opcode)
  const form = [OP_DUP, OP_HASH160, 20, OP_EQUALVERIFY, OP_CHECKSIG]
  const hasForm = opcodes.length === form.length && form.every((opcode, at) => opcode === opcodes[at])
  return hasForm ? items[2]!.data : undefined
}
