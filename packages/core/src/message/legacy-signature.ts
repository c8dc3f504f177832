import { compactSize, concatBytes, equalBytes } from '../bytes.js'
import { outputScript, type AddressType } from '../chain/output-script.js'
import { hash160, sha256d } from '../hash.js'
import { recoverKey } from './signature-check.js'
import { NOT_A_SIGNATURE, OF_ANOTHER_ADDRESS, refuse, type MessageVerdict } from './verdict.js'

export const LEGACY_SIGNATURE_SIZE = 65

const MAGIC = 'Bitcoin Signed Message:\n'
const FIRST_HEADER = 27

/** BIP 137: which key and address four headers in a row stand for. */
type HeaderKind = 'uncompressed' | 'compressed' | 'p2sh-p2wpkh' | 'p2wpkh'
const KINDS: readonly HeaderKind[] = ['uncompressed', 'compressed', 'p2sh-p2wpkh', 'p2wpkh']

/**
 * Addresses that a kind of header may sign for. BIP 137 has one for each; Electrum, and wallets that follow it, write
 * the headers of a compressed key for segwit addresses as well.
 */
const FORMS: Readonly<Record<HeaderKind, readonly Exclude<HeaderKind, 'uncompressed'>[]>> = {
  uncompressed: [],
  compressed: ['compressed', 'p2sh-p2wpkh', 'p2wpkh'],
  'p2sh-p2wpkh': ['p2sh-p2wpkh'],
  p2wpkh: ['p2wpkh'],
}

const utf8 = new TextEncoder()

/** What `signmessage` signs (Bitcoin Core `signmessage.cpp`). */
export function legacyMessageHash(message: string): Uint8Array {
  const magic = utf8.encode(MAGIC)
  const text = utf8.encode(message)
  return sha256d(concatBytes(compactSize(magic.length), magic, compactSize(text.length), text))
}

/** Judges 65 bytes: the key that they give has to be that of the address. */
export function judgeLegacy(
  message: string,
  script: Uint8Array,
  type: AddressType,
  signature: Uint8Array,
): MessageVerdict {
  if (type === 'p2tr' || type === 'p2wsh') {
    return refuse(
      'unsupported-format',
      'The old form of signature has no room for this type of address; sign by BIP 322.',
    )
  }
  const header = signature[0]! - FIRST_HEADER
  const kind = KINDS[header >> 2]
  if (header < 0 || kind === undefined) return NOT_A_SIGNATURE
  const key = recoverKey(header & 3, signature.subarray(1), legacyMessageHash(message))
  if (key === undefined) return NOT_A_SIGNATURE
  const scripts =
    kind === 'uncompressed'
      ? [outputScript({ type: 'p2pkh', payload: hash160(key.uncompressed) })]
      : FORMS[kind].map((form) => scriptOf(form, hash160(key.compressed)))
  return scripts.some((one) => equalBytes(one, script)) ? { ok: true, format: 'legacy' } : OF_ANOTHER_ADDRESS
}

function scriptOf(form: Exclude<HeaderKind, 'uncompressed'>, keyHash: Uint8Array): Uint8Array {
  if (form === 'compressed') return outputScript({ type: 'p2pkh', payload: keyHash })
  const program = outputScript({ type: 'p2wpkh', payload: keyHash })
  return form === 'p2wpkh' ? program : outputScript({ type: 'p2sh', payload: hash160(program) })
}
