const HASHES_OF_DIFFICULTY_1 = 2 ** 32
const BLOCK_SECONDS = 600
/** A period changes the difficulty by no more than this factor. */
const MAX_FACTOR = 4
/** Fewer blocks of a period say too little. */
const MIN_BLOCKS = 12

/** What a difficulty stands for when blocks come every ten minutes, H/s. */
export function networkHashrate(difficulty: number): number {
  return (difficulty * HASHES_OF_DIFFICULTY_1) / BLOCK_SECONDS
}

/** How long a block takes on average at this hashrate; undefined for none. */
export function blockTimeMs(difficulty: number, hashesPerSecond: number): number | undefined {
  if (hashesPerSecond <= 0) return undefined
  return ((difficulty * HASHES_OF_DIFFICULTY_1) / hashesPerSecond) * 1_000
}

/** The difficulty period that the tip is in; times are those of headers, seconds. */
export interface Period {
  readonly startHeight: number
  readonly endHeight: number
  readonly startNtime: number
  readonly tipNtime: number
  readonly tipHeight: number
}

export interface Retarget {
  readonly blocksLeft: number
  /** At the pace of the period so far. */
  readonly leftMs: number
  /** By what the difficulty will be multiplied if it stays so. */
  readonly factor: number
}

/** The next change of the difficulty; undefined while the period is too young to say. */
export function estimateRetarget(period: Period): Retarget | undefined {
  const blocks = period.tipHeight - period.startHeight
  const seconds = period.tipNtime - period.startNtime
  if (blocks < MIN_BLOCKS || seconds <= 0) return undefined
  const pace = seconds / blocks
  const factor = Math.min(MAX_FACTOR, Math.max(1 / MAX_FACTOR, BLOCK_SECONDS / pace))
  const blocksLeft = period.endHeight - period.tipHeight
  return { blocksLeft, leftMs: blocksLeft * pace * 1_000, factor }
}
