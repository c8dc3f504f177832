import { concatBytes } from '../bytes.js'
import { txid, type Transaction } from '../chain/transaction.js'
import { pushData } from '../chain/script.js'
import { taggedHash } from '../hash.js'

/** BIP 322, "Full": a message is signed by spending an output that never was. */

const OP_0 = 0x00
export const OP_RETURN = 0x6a
const NO_OUTPOINT = { prevTxid: new Uint8Array(32), prevIndex: 0xffffffff } as const

const utf8 = new TextEncoder()

export function messageHash(message: string): Uint8Array {
  return taggedHash('BIP0322-signed-message', utf8.encode(message))
}

/** `to_spend`: commits to the message, and pays nothing to the script of the address. */
export function toSpend(message: string, script: Uint8Array): Transaction {
  const commitment = concatBytes(Uint8Array.of(OP_0), pushData(messageHash(message)))
  return {
    version: 0,
    inputs: [{ ...NO_OUTPOINT, script: commitment, sequence: 0, witness: [] }],
    outputs: [{ valueSats: 0n, script }],
    locktime: 0,
  }
}

/** `to_sign`: spends that, with what signs it. */
export function toSign(
  message: string,
  script: Uint8Array,
  signed: { readonly script: Uint8Array; readonly witness: readonly Uint8Array[] },
): Transaction {
  return {
    version: 0,
    inputs: [{ prevTxid: txid(toSpend(message, script)), prevIndex: 0, sequence: 0, ...signed }],
    outputs: [{ valueSats: 0n, script: Uint8Array.of(OP_RETURN) }],
    locktime: 0,
  }
}
