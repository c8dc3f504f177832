export type JournalErrorCode =
  /** A segment is damaged, or does not continue the one before it. */
  | 'corrupt-chain'
  /** The journal is of another network than the node. */
  | 'wrong-network'

export class JournalError extends Error {
  override readonly name = 'JournalError'
  constructor(
    readonly code: JournalErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
