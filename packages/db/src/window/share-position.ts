/** A place in the canonical order of shares: a segment's position, and the index of a share in it, from 0. */
export interface SharePosition {
  readonly position: bigint
  readonly index: number
}
