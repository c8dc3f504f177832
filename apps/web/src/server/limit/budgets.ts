import type { Cost } from '../api/specify'

/** All budgets are by the minute. */
export const WINDOW_MS = 60_000

/** What calls are counted as; `log` is a document or segment of the public log. */
export type Budget = Cost | 'log'

/**
 * Calls a minute of one token, one session, or one address without either. An open page asks some hundred and fifty
 * times a minute when it is busy, and a household has several. A stratum process seals a segment a second: whoever
 * verifies by single segments gets through a day of one in a quarter of an hour, and by whole epochs much faster.
 */
export const BUDGETS: Readonly<Record<Budget, number>> = {
  read: 3_000,
  expensive: 1_200,
  write: 60,
  proof: 20,
  log: 6_000,
}
