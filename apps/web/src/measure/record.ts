/** How far the record of accepted work reaches, as the database and the live feed tell it. */
export interface RecordFacts {
  readonly nowMs: number
  readonly firstShareAtMs: number | undefined
  /** When the newest segment in the database was sealed. */
  readonly journalEndMs: number | undefined
  /** When the newest segment in the rollups was sealed. */
  readonly rollupEndMs: number | undefined
  readonly isRolledUp: boolean
  /** When the live feed last told of accepted shares. */
  readonly sharesSeenAtMs: number | undefined
}

/**
 * - `empty`: no share has ever arrived;
 * - `current`: numbers reach the present, give or take seconds;
 * - `journal-behind`: shares are accepted that the database has not got yet;
 * - `rollups-behind`: the database has shares that are not summed up yet.
 */
export type RecordState = 'empty' | 'current' | 'journal-behind' | 'rollups-behind'

export interface RecordReach {
  readonly state: RecordState
  /** Work up to here is known; what came later is not, and no number may pretend that nothing came. */
  readonly untilMs: number
}

/** Shipping and rolling up take seconds; only more than this is worth a word. */
const USUAL_LAG_MS = 60_000

/** Where a measurement must end so that it does not take silence of the record for silence of the miners. */
export function reachOfRecord(facts: RecordFacts): RecordReach {
  const { nowMs, firstShareAtMs, journalEndMs } = facts
  if (firstShareAtMs === undefined || journalEndMs === undefined) return { state: 'empty', untilMs: nowMs }
  if (!facts.isRolledUp) {
    const untilMs = facts.rollupEndMs ?? firstShareAtMs
    return { state: journalEndMs - untilMs > USUAL_LAG_MS ? 'rollups-behind' : 'current', untilMs }
  }
  const isBehind = facts.sharesSeenAtMs !== undefined && facts.sharesSeenAtMs - journalEndMs > USUAL_LAG_MS
  return isBehind ? { state: 'journal-behind', untilMs: journalEndMs } : { state: 'current', untilMs: nowMs }
}
