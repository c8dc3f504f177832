import { bytesToHex } from '../bytes.js'
import { sha256 } from '../hash.js'
import { isSignedBy, type SigningKey } from '../signature.js'
import { canonicalJson } from './canonical-json.js'

export type JsonObject = Readonly<Record<string, unknown>>

const utf8 = new TextEncoder()

/** What is hashed and signed of a document: its canonical text without its signature. */
function signedBytes(document: JsonObject): Uint8Array {
  const { signature: _, ...body } = document
  return utf8.encode(canonicalJson(body))
}

/** The document with the key's name and its signature. */
export function signDocument<T extends JsonObject>(
  body: T,
  key: SigningKey,
): T & { readonly key: string; readonly signature: string } {
  const named = { ...body, key: key.publicKey }
  return { ...named, signature: key.sign(signedBytes(named)) }
}

/** Whether the document has a signature of this key. Never throws. */
export function isDocumentSignedBy(document: JsonObject, publicKey: string): boolean {
  const { signature } = document
  try {
    return typeof signature === 'string' && isSignedBy(publicKey, signedBytes(document), signature)
  } catch {
    return false
  }
}

/** SHA-256 of what is signed, as hex: the name under which others refer to the document. */
export function documentHash(document: JsonObject): string {
  return bytesToHex(sha256(signedBytes(document)))
}
