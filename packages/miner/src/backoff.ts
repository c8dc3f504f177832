const FIRST_DELAY_MS = 1_000
const MAX_DELAY_MS = 30_000

/**
 * How long to wait before the next attempt, after so many failures in a row (from 1): doubling from a second to half
 * a minute, of which a random part between half and all, so that miners that lost a pool together come back apart.
 */
export function backoffMs(failures: number, random: () => number): number {
  const delayMs = Math.min(FIRST_DELAY_MS * 2 ** (failures - 1), MAX_DELAY_MS)
  return delayMs * (0.5 + random() / 2)
}
