/** Of which time the best shares are shown. */
export const BEST_PERIODS = ['day', 'week', 'ever'] as const
export type BestPeriod = (typeof BEST_PERIODS)[number]
