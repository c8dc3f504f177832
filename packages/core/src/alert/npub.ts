import { bech32 } from '@scure/base'
import { bytesToHex } from '../bytes.js'

const KEY_BYTES = 32
const HEX_KEY = /^[0-9a-f]{64}$/i

/** The public key of a Nostr identity as hex, from hex or `npub1...` (NIP-19); undefined when it is neither. */
export function parseNostrKey(text: string): string | undefined {
  if (HEX_KEY.test(text)) return text.toLowerCase()
  const decoded = bech32.decodeUnsafe(text)
  if (decoded?.prefix !== 'npub') return undefined
  const bytes = bech32.fromWordsUnsafe(decoded.words)
  return bytes instanceof Uint8Array && bytes.length === KEY_BYTES ? bytesToHex(bytes) : undefined
}
