import { base64 } from '@scure/base'
import { ByteReader, bytesToHex, equalBytes } from '../bytes.js'
import { parseTransaction, type Transaction } from '../chain/transaction.js'

/** BIP 174: `psbt` and 0xff. */
const MAGIC = Uint8Array.of(0x70, 0x73, 0x62, 0x74, 0xff)
const PSBT_GLOBAL_UNSIGNED_TX = 0x00

/**
 * The transaction that a PSBT (version 0, base64) is about. Throws RangeError, saying what is wrong, when the text is
 * none, or holds a transaction with signatures.
 */
export function unsignedTransactionOf(psbt: string): Transaction {
  const reader = new ByteReader(bytesOfBase64(psbt))
  if (!equalBytes(reader.bytes(MAGIC.length, 'PSBT magic'), MAGIC)) throw new RangeError('PSBT: not one')
  for (;;) {
    const keySize = reader.compactSize('PSBT key size')
    if (keySize === 0) throw new RangeError('PSBT: it has no transaction')
    const key = reader.bytes(keySize, 'PSBT key')
    const value = reader.bytes(reader.compactSize('PSBT value size'), 'PSBT value')
    if (key.length !== 1 || key[0] !== PSBT_GLOBAL_UNSIGNED_TX) continue
    const transaction = parseTransaction(value)
    if (transaction.inputs.some(({ script, witness }) => script.length + witness.length > 0))
      throw new RangeError(`PSBT: its transaction is signed, ${bytesToHex(value.subarray(0, 8))}...`)
    return transaction
  }
}

function bytesOfBase64(text: string): Uint8Array {
  try {
    return base64.decode(text.trim())
  } catch {
    throw new RangeError('PSBT: not base64')
  }
}
