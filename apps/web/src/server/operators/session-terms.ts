import type { SessionTerms } from '@headframe/db/operator/session'
import type { LockoutRule } from '@headframe/db/operator/sign-in-attempt'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

export const SESSION_TERMS: SessionTerms = {
  maxAgeMs: 12 * HOUR_MS,
  maxIdleMs: 2 * HOUR_MS,
  maxHalfMs: 15 * MINUTE_MS,
}
/** A second factor is fresh for so long: dangerous actions take none that is older. */
export const FRESH_MS = 10 * MINUTE_MS
export const CHALLENGE_MS = 5 * MINUTE_MS

/** Five failures are free; then half a minute, a minute, two, up to a quarter of an hour. They halve in as long. */
export const LOCKOUT: LockoutRule = {
  halfLifeMs: 15 * MINUTE_MS,
  free: 5,
  firstWaitMs: MINUTE_MS / 2,
  maxWaitMs: 15 * MINUTE_MS,
}

/** Whether what needs a second factor shown lately may be done, and until when; undefined: not. */
export function freshUntil(secondFactorAtMs: number | undefined, nowMs: number): number | undefined {
  if (secondFactorAtMs === undefined || nowMs - secondFactorAtMs >= FRESH_MS) return undefined
  return secondFactorAtMs + FRESH_MS
}
