/** What is wrong with the bytes of a segment. */
export type SegmentErrorCode =
  /** The first bytes are not those of a segment. */
  | 'bad-magic'
  /** A version this code does not know. */
  | 'bad-version'
  /** The bytes end inside a frame. */
  | 'truncated'
  /** A frame's bytes do not match its CRC-32. */
  | 'bad-crc'
  /** A frame that is empty or larger than any writer makes. */
  | 'bad-frame'
  /** An unknown tag, a record that ends early, or one where it may not stand. */
  | 'bad-record'
  /** A field outside its range. */
  | 'bad-value'
  /** A share or a count of rejects names a job or a worker that no record before it introduced. */
  | 'bad-ref'
  /** The trailer's count is not that of the shares. */
  | 'bad-count'
  /** The trailer's work is not the sum of the shares' work. */
  | 'bad-work'
  /** The trailer's root is not that of the shares. */
  | 'bad-root'
  /** Whole frames, but no trailer. */
  | 'unsealed'
  /** Bytes behind the trailer. */
  | 'trailing-bytes'

export class SegmentError extends Error {
  override readonly name = 'SegmentError'
  readonly code: SegmentErrorCode
  /** Where in the segment, bytes from its start. */
  readonly offset: number

  constructor(code: SegmentErrorCode, offset: number, what: string, options?: ErrorOptions) {
    super(`segment: ${what} (${code} at byte ${offset})`, options)
    this.code = code
    this.offset = offset
  }
}
