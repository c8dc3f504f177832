import type { SessionTerms } from '@headframe/db/account/session'

const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS

export const SESSION_TERMS: SessionTerms = {
  idleMs: 14 * DAY_MS,
  maxAgeMs: 90 * DAY_MS,
  touchMs: 5 * MINUTE_MS,
  maxSessions: 20,
}
