import type { Cost } from '../api/specify'

/** All budgets are by the minute. */
export const WINDOW_MS = 60_000

/**
 * Calls a minute of one token, one session, or one address without either. An open page asks some hundred and fifty
 * times a minute when it is busy, and a household has several.
 */
export const BUDGETS: Readonly<Record<Cost, number>> = {
  read: 3_000,
  expensive: 1_200,
  write: 60,
  proof: 20,
}
