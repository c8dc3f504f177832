export type SegmentRefusal =
  /** An earlier segment of the writer is missing. */
  | 'gap'
  /** It does not continue the writer's chain, or another segment has its place. */
  | 'chain-mismatch'
  /** It is of another network than this database. */
  | 'network-mismatch'

/** A segment that cannot be appended, now or ever; nothing was written. */
export class SegmentRefused extends Error {
  override readonly name = 'SegmentRefused'
  readonly code: SegmentRefusal

  constructor(code: SegmentRefusal, message: string) {
    super(message)
    this.code = code
  }
}
