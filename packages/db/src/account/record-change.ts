import type { Queryable } from '../transaction.js'

export type ChangedSetting =
  /** `after`: satoshis; null: the pool's. */
  | 'payout-threshold'
  /** Asked for; it is in force later. */
  | 'payout-address'
  | 'payout-address-cancelled'
  | 'privacy'
  | 'view-key'
  | 'worker'
  | 'session-ended'

/** Who changes something, and when. */
export interface ChangedBy {
  /** `session 12`, `token 3`, `operator Ada`. */
  readonly author: string
  readonly atMs: number
}

export interface Change {
  readonly what: ChangedSetting
  readonly before: string | undefined
  readonly after: string | undefined
}

/** Writes down that a miner's setting was changed, in the transaction that changes it. */
export async function recordChange(
  db: Queryable,
  minerId: number,
  { what, before, after }: Change,
  { author, atMs }: ChangedBy,
): Promise<void> {
  await db.query(
    'INSERT INTO account_change (miner_id, at, what, before, after, author) VALUES ($1, $2, $3, $4, $5, $6)',
    [minerId, new Date(atMs), what, before ?? null, after ?? null, author],
  )
}
