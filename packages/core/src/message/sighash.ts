import { concatBytes, compactSize, joinBytes, uint32LE, uint64LE } from '../bytes.js'
import {
  serialiseOutput,
  serialiseWithoutWitness,
  type Transaction,
  type TransactionOutput,
} from '../chain/transaction.js'
import { sha256, sha256d, taggedHash } from '../hash.js'
import { SIGHASH_ALL } from './signature-check.js'

/**
 * What a signature of a transaction's only input signs. Only SIGHASH_ALL, and SIGHASH_DEFAULT of taproot, which is the
 * same: BIP 322 allows no other.
 */

/** Before segwit: the transaction with the script in the place of the input's (Bitcoin Core `SignatureHash`). */
export function legacyHash(transaction: Transaction, scriptCode: Uint8Array): Uint8Array {
  const inputs = transaction.inputs.map((input) => ({ ...input, script: scriptCode, witness: [] }))
  return sha256d(concatBytes(serialiseWithoutWitness({ ...transaction, inputs }), uint32LE(SIGHASH_ALL)))
}

/** BIP 143. */
export function witnessHash(transaction: Transaction, scriptCode: Uint8Array, valueSats: bigint): Uint8Array {
  const { version, inputs, outputs, locktime } = transaction
  const input = inputs[0]!
  return sha256d(
    concatBytes(
      uint32LE(version),
      sha256d(outpointOf(transaction)),
      sha256d(uint32LE(input.sequence)),
      outpointOf(transaction),
      compactSize(scriptCode.length),
      scriptCode,
      uint64LE(valueSats),
      uint32LE(input.sequence),
      sha256d(joinBytes(outputs.map(serialiseOutput))),
      uint32LE(locktime),
      uint32LE(SIGHASH_ALL),
    ),
  )
}

const EPOCH = 0x00
const KEY_PATH = 0x00
/** BIP 342: twice the extension flag, which is 1; no annex. */
const SCRIPT_PATH = 0x02
const KEY_VERSION = 0x00
const NO_CODE_SEPARATOR = 0xffffffff

/** BIP 341, and BIP 342 when it is a leaf's script that is satisfied. Without an annex. */
export function taprootHash(
  transaction: Transaction,
  spent: TransactionOutput,
  hashType: number,
  leafHash?: Uint8Array,
): Uint8Array {
  const { version, inputs, outputs, locktime } = transaction
  const extension =
    leafHash === undefined
      ? new Uint8Array()
      : concatBytes(leafHash, Uint8Array.of(KEY_VERSION), uint32LE(NO_CODE_SEPARATOR))
  return taggedHash(
    'TapSighash',
    concatBytes(
      Uint8Array.of(EPOCH, hashType),
      uint32LE(version),
      uint32LE(locktime),
      sha256(outpointOf(transaction)),
      sha256(uint64LE(spent.valueSats)),
      sha256(concatBytes(compactSize(spent.script.length), spent.script)),
      sha256(uint32LE(inputs[0]!.sequence)),
      sha256(joinBytes(outputs.map(serialiseOutput))),
      Uint8Array.of(leafHash === undefined ? KEY_PATH : SCRIPT_PATH),
      uint32LE(0),
      extension,
    ),
  )
}

function outpointOf({ inputs }: Transaction): Uint8Array {
  const { prevTxid, prevIndex } = inputs[0]!
  return concatBytes(prevTxid, uint32LE(prevIndex))
}
