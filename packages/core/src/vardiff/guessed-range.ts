/** Hashes that a share of difficulty 1 takes on average: 2^256 / (0xffff * 2^208). */
export const HASHES_PER_DIFFICULTY = 2 ** 48 / 0xffff

/** What a session is likely to have, in H/s: from an ESP32 to the largest proxy. */
const SLOWEST_HASHRATE = 50_000
const FASTEST_HASHRATE = 1e18

/**
 * Shares a minute from which on a flood hides how fast the miner is: about what a slow connection or a limit lets
 * through (1,000 a second).
 */
export const FLOOD_SHARES_PER_MINUTE = 60_000

/** The difficulty at which a hashrate, in H/s, finds the wanted shares. */
export function difficultyOf(hashrate: number, sharesPerMinute: number): number {
  return (hashrate * 60) / sharesPerMinute / HASHES_PER_DIFFICULTY
}

/** The least that makes sense for a session that has never been heard. */
export function slowestDifficulty(sharesPerMinute: number): number {
  return difficultyOf(SLOWEST_HASHRATE, sharesPerMinute)
}

/** The most that makes sense for a session whose connection is full. */
export function fastestDifficulty(sharesPerMinute: number): number {
  return difficultyOf(FASTEST_HASHRATE, sharesPerMinute)
}
