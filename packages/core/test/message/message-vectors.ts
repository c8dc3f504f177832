import { readVectors } from '../read-vectors.js'
import { verifyMessage } from '../../src/message/verify-message.js'

export interface Bip322Vector {
  readonly message: string
  readonly address: string
  readonly type: string
  readonly bip322_signatures: readonly string[]
  readonly lock_time?: number
}

interface ErrorVector {
  readonly description: string
  readonly message: string
  readonly address: string
  readonly signature: string
}

interface HashVector {
  readonly message: string
  readonly address: string
  readonly message_hash: string
  readonly to_spend_tx_hash: string
  readonly to_sign_tx_hash: string
}

interface Bip322File {
  readonly tx_hashes?: readonly HashVector[]
  readonly simple: readonly Bip322Vector[]
  readonly full?: readonly Bip322Vector[]
  readonly proof_of_funds?: readonly Bip322Vector[]
  readonly error: readonly ErrorVector[]
}

export interface LegacyVector {
  readonly source: string
  readonly address: string
  readonly message: string
  readonly signature: string
  readonly verdict: string
}

export const basicVectors = readVectors('bip322-basic') as Bip322File
export const generatedVectors = readVectors('bip322-generated') as Bip322File
export const legacyVectors = readVectors('legacy-messages') as readonly LegacyVector[]

/** `valid`, or the name of what is wrong. */
export function verdictOf(signed: { address: string; message: string; signature: string }): string {
  const verdict = verifyMessage({ ...signed, network: 'mainnet' })
  return verdict.ok ? 'valid' : verdict.problem
}
