/** What anybody can see of a pool before he hands in a share. */
export interface PoolMoment {
  /** Since the last block, in blocks' worth of work at the difficulty of now. */
  readonly roundAge: number
  /** Until the next retarget, the same. */
  readonly toRetarget: number
  /** By what the next retarget multiplies the difficulty: towards its end every period tells. */
  readonly nextFactor: number
}

/** When a hopper mines at the pool; at all other times he mines where a share brings what it is worth. */
export interface HopRule {
  readonly name: string
  readonly mines: (moment: PoolMoment) => boolean
}

/** At which age of a round a further share of PROP brings what it is worth (M. Rosenfeld, 2011). */
const PROP_BREAK_EVEN = 0.435

export const HOP_RULES: readonly HopRule[] = [
  { name: 'in young rounds', mines: ({ roundAge }) => roundAge < PROP_BREAK_EVEN },
  { name: 'just before a fall', mines: ({ toRetarget, nextFactor }) => nextFactor < 1 && toRetarget < 1 },
  { name: 'never before a rise', mines: ({ toRetarget, nextFactor }) => nextFactor < 1 || toRetarget >= 4 },
]
