import type { SegmentPlace } from './journal-directory.js'

export type JournalErrorCode =
  /** A segment is damaged, or does not continue the one before it. */
  | 'corrupt-chain'
  /** The journal is of another network than the node. */
  | 'wrong-network'

export class JournalError extends Error {
  override readonly name = 'JournalError'
  readonly code: JournalErrorCode
  /** The segment it is about. */
  readonly place: SegmentPlace

  constructor(code: JournalErrorCode, place: SegmentPlace, what: string, options?: ErrorOptions) {
    super(`${place.path}: ${what}`, options)
    this.code = code
    this.place = place
  }
}
