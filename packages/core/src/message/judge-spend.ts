import { equalBytes } from '../bytes.js'
import { outputScript, templateOfScript } from '../chain/output-script.js'
import type { Transaction, TransactionOutput } from '../chain/transaction.js'
import { hash160, sha256 } from '../hash.js'
import { judgeKeyHash, judgeScript } from './judge-script.js'
import { judgeTaproot } from './judge-taproot.js'
import { readPushes } from './pushes.js'
import { legacyHash, witnessHash } from './sighash.js'
import { hasKeyForm, isCompressedKey, isEcdsaValid } from './signature-check.js'
import { OF_ANOTHER_ADDRESS, UNKNOWN_SCRIPT, type InvalidMessage } from './verdict.js'

/** Whether the only input of a transaction may spend an output. undefined when it may. */
export function judgeSpend(transaction: Transaction, spent: TransactionOutput): InvalidMessage | undefined {
  const template = templateOfScript(spent.script)
  const { script, witness } = transaction.inputs[0]!
  if (template === null) return UNKNOWN_SCRIPT
  const { type, payload } = template
  if (type === 'p2tr') return judgeTaproot(transaction, spent, payload)
  if (type === 'p2pkh' || type === 'p2sh') {
    const pushes = readPushes(script)
    if (pushes === undefined) return OF_ANOTHER_ADDRESS
    if (type === 'p2sh') return judgeScriptHash(transaction, spent, payload, pushes)
    if (witness.length > 0) return OF_ANOTHER_ADDRESS
    return judgeKeyHash(payload, pushes, legacyRules(transaction, spent.script))
  }
  // BIP 141: the input script of a native witness output is empty.
  if (script.length > 0) return OF_ANOTHER_ADDRESS
  return judgeWitness(transaction, spent.valueSats, spent.script)
}

/** BIP 16: what is pushed last is the script; BIP 141: it may be a witness program, and then it stands alone. */
function judgeScriptHash(
  transaction: Transaction,
  spent: TransactionOutput,
  scriptHash: Uint8Array,
  pushes: readonly Uint8Array[],
): InvalidMessage | undefined {
  const redeem = pushes.at(-1)
  if (redeem === undefined || !equalBytes(hash160(redeem), scriptHash)) return OF_ANOTHER_ADDRESS
  const inner = templateOfScript(redeem)?.type
  if (inner === 'p2wpkh' || inner === 'p2wsh') {
    return pushes.length === 1 ? judgeWitness(transaction, spent.valueSats, redeem) : OF_ANOTHER_ADDRESS
  }
  if (transaction.inputs[0]!.witness.length > 0) return OF_ANOTHER_ADDRESS
  return judgeScript(redeem, pushes.slice(0, -1), legacyRules(transaction, redeem))
}

/** BIP 141 and 143: a program of version 0. */
function judgeWitness(
  transaction: Transaction,
  valueSats: bigint,
  program: Uint8Array,
): InvalidMessage | undefined {
  const { witness } = transaction.inputs[0]!
  const { type, payload } = templateOfScript(program)!
  if (type === 'p2wpkh') {
    const scriptCode = outputScript({ type: 'p2pkh', payload })
    return judgeKeyHash(payload, witness, witnessRules(transaction, scriptCode, valueSats))
  }
  const script = witness.at(-1)
  if (script === undefined || !equalBytes(sha256(script), payload)) return OF_ANOTHER_ADDRESS
  return judgeScript(script, witness.slice(0, -1), witnessRules(transaction, script, valueSats))
}

function legacyRules(transaction: Transaction, scriptCode: Uint8Array) {
  const hash = legacyHash(transaction, scriptCode)
  return {
    isKey: hasKeyForm,
    isSigned: (signature: Uint8Array, key: Uint8Array) => isEcdsaValid(signature, hash, key),
  }
}

/** Keys in a witness are compressed (Bitcoin Core's policy WITNESS_PUBKEYTYPE: nodes relay no other). */
function witnessRules(transaction: Transaction, scriptCode: Uint8Array, valueSats: bigint) {
  const hash = witnessHash(transaction, scriptCode, valueSats)
  return {
    isKey: isCompressedKey,
    isSigned: (signature: Uint8Array, key: Uint8Array) => isEcdsaValid(signature, hash, key),
  }
}
