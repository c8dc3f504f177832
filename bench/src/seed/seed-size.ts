/** How much a seeded database holds. The same size and seed make the same rows, but for what hangs on the hour of `endsAtMs`. */
export interface SeedSize {
  readonly miners: number
  /** At least as many as miners: each has one. */
  readonly workers: number
  /** Of rollups by the day. */
  readonly days: number
  readonly seed: number
}

export const YEAR: SeedSize = { miners: 10_000, workers: 100_000, days: 365, seed: 1 }

/**
 * How far back the finer rollups go: what the pages ask for. Those of workers end sooner, and for 100,000 of them are
 * tens of millions of rows all the same.
 */
export const REACH = {
  workerMinuteHours: 2,
  workerQuarterHours: 24,
  workerHourDays: 7,
  minuteHours: 24,
  hourDays: 32,
} as const

/** Days of best shares. */
export const BEST_SHARE_DAYS = 7
/** Of what the network needs for a block, expected hashes: with so much the pool needs about a day for one. */
const NETWORK_WORK_A_WORKER = 2_000_000_000_000_000_000n

export function networkWorkOf({ workers }: SeedSize): bigint {
  return BigInt(workers) * NETWORK_WORK_A_WORKER
}

export const SUBSIDY_SATS = 312_500_000n
export const FEE_BASIS_POINTS = 100n
export const FIRST_HEIGHT = 100_000
/** Blocks that the pool's are apart from each other, in height, so that all but the newest are mature. */
export const HEIGHTS_A_DAY = 144
export const MATURE_AFTER_HOURS = 17
export const PAYOUT_EVERY_DAYS = 7
/** What a week has to bring a miner to be paid out; less stays owed. */
export const PAYOUT_MINIMUM_SATS = 5_000n
export const NETWORK = 'testnet4'
