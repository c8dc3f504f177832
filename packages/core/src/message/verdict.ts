/** The form in which a message was signed. */
export type SignatureFormat =
  /** 65 bytes that a key is recovered from (`signmessage`, BIP 137). */
  | 'legacy'
  /** BIP 322: the witness alone. */
  | 'simple'
  /** BIP 322: the whole transaction. */
  | 'full'

export type MessageProblem =
  /** The address is none of this network. */
  | 'bad-address'
  /** Text that is no signature of any form. */
  | 'malformed-signature'
  /** A signature of another key or script than the address's; in the legacy form perhaps of another message. */
  | 'not-of-address'
  /** The right key, and a signature that does not hold for this message. */
  | 'bad-signature'
  /** A form that the pool does not check: a proof of funds, the legacy form for a script or for taproot. */
  | 'unsupported-format'
  /** A script that the pool cannot judge (BIP 322: inconclusive). */
  | 'unsupported-script'
  /** It holds only later (BIP 322: valid at time T and age S). */
  | 'time-locked'

export interface ValidMessage {
  readonly ok: true
  readonly format: SignatureFormat
}

export interface InvalidMessage {
  readonly ok: false
  readonly problem: MessageProblem
  /** For whoever pasted it. */
  readonly message: string
}

export type MessageVerdict = ValidMessage | InvalidMessage

export function refuse(problem: MessageProblem, message: string): InvalidMessage {
  return { ok: false, problem, message }
}

export const NOT_A_SIGNATURE = refuse(
  'malformed-signature',
  'This is not a signature: copy all of it, from the first character to the last.',
)
export const OF_ANOTHER_ADDRESS = refuse(
  'not-of-address',
  'This signature is of another address, or of another text than the one above.',
)
export const DOES_NOT_HOLD = refuse(
  'bad-signature',
  'The key is the right one, but it signed another text than the one above.',
)
export const UNKNOWN_SCRIPT = refuse(
  'unsupported-script',
  'The script of this address is none that the pool can check: single keys and m-of-n keys are.',
)
