import { base64 } from '@scure/base'
import { ByteReader } from '../bytes.js'
import { parseTransaction, type Transaction } from '../chain/transaction.js'
import { LEGACY_SIGNATURE_SIZE } from './legacy-signature.js'
import { NOT_A_SIGNATURE, refuse, type InvalidMessage } from './verdict.js'

export type ReadSignature =
  | { readonly format: 'legacy'; readonly bytes: Uint8Array }
  | { readonly format: 'simple'; readonly witness: readonly Uint8Array[] }
  | { readonly format: 'full'; readonly transaction: Transaction }

/** Characters of a signature: room for a multisig of sixteen keys. It bounds the work on a hostile text. */
export const MAX_SIGNATURE_LENGTH = 8_192
/** BIP 322 since its version 1.0.0. */
const PREFIXES = new Map([
  ['smp', 'simple'],
  ['ful', 'full'],
  ['pof', 'proof-of-funds'],
] as const)

/**
 * Reads what a wallet gave out. Wallets older than the prefixes write none: 65 bytes are the legacy form then, and
 * others a witness or, failing that, a transaction.
 */
export function readSignature(text: string): ReadSignature | InvalidMessage {
  const joined = text.replace(/\s+/g, '')
  if (joined === '' || joined.length > MAX_SIGNATURE_LENGTH) return NOT_A_SIGNATURE
  const variant = PREFIXES.get(joined.slice(0, 3) as 'smp')
  if (variant === 'proof-of-funds') {
    return refuse('unsupported-format', 'This is a proof of funds; sign the message alone.')
  }
  if (variant !== undefined) return readVariant(variant, joined.slice(3)) ?? NOT_A_SIGNATURE
  const bytes = decode(joined)
  if (bytes?.length === LEGACY_SIGNATURE_SIZE) return { format: 'legacy', bytes }
  return readVariant('simple', joined) ?? readVariant('full', joined) ?? NOT_A_SIGNATURE
}

function readVariant(variant: 'simple' | 'full', text: string): ReadSignature | undefined {
  const bytes = decode(text)
  if (bytes === undefined) return undefined
  try {
    if (variant === 'full') return { format: 'full', transaction: parseTransaction(bytes) }
    return { format: 'simple', witness: readWitness(bytes) }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function readWitness(bytes: Uint8Array): Uint8Array[] {
  const reader = new ByteReader(bytes)
  const count = reader.compactSize('witness item count')
  const items: Uint8Array[] = []
  for (let i = 0; i < count; i++) {
    items.push(reader.bytes(reader.compactSize('witness item'), 'witness item'))
  }
  reader.end('witness')
  return items
}

/** Base64 with its padding or without, which some wallets leave off. */
function decode(text: string): Uint8Array | undefined {
  const bare = text.replace(/={1,2}$/, '')
  try {
    return base64.decode(bare.padEnd(Math.ceil(bare.length / 4) * 4, '='))
  } catch {
    return undefined
  }
}
