/** The parts of the pool, as the status page lists them. */
export const PARTS = [
  'nodes',
  'templates',
  'stratum',
  'canary',
  'journal',
  'settle',
  'payouts',
  'public-log',
  'database',
  'live-feed',
] as const
export type Part = (typeof PARTS)[number]

/**
 * `up`: all is well. `degraded`: it works, and something of it does not. `down`: it does not work. `unknown`: nobody can
 * tell, which is not the same as well.
 */
export const PART_STATES = ['up', 'degraded', 'down', 'unknown'] as const
export type PartState = (typeof PART_STATES)[number]

/** What a look at a part has found. */
export interface PartFinding {
  readonly part: Part
  readonly state: PartState
  /** One sentence for a person, without a full stop; empty when all is well. */
  readonly text: string
}
