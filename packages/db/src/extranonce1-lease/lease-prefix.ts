import type { Queryable } from '../transaction.js'

/** A stratum process, and the life of the primary that asks for it. */
export interface PrefixHolder {
  readonly hostId: string
  readonly slot: number
  /** Random, and another one each time the primary starts: who leases last has the prefix, who had it before learns so. */
  readonly fence: string
}

export interface LeaseTerms {
  /** How long the lease holds from now on, without being renewed. */
  readonly leaseMs: number
  /** How long a prefix rests after the end of its lease before somebody else may have it. */
  readonly quarantineMs: number
}

/** All prefixes are leased, or rest after a lease. */
export class NoPrefixLeft extends Error {
  override readonly name = 'NoPrefixLeft'

  constructor() {
    super(
      'every extranonce1 prefix is leased; hosts that are gone keep theirs until the lease has ended (table extranonce1_lease)',
    )
  }
}

/**
 * Leases a prefix: the one this process had before, or else the one that has rested longest. Asking again with the
 * same fence gives the same prefix, so an answer that was lost does no harm. Throws NoPrefixLeft.
 */
export async function leasePrefix(db: Queryable, holder: PrefixHolder, terms: LeaseTerms): Promise<number> {
  const prefix = (await takeOwn(db, holder, terms)) ?? (await takeRested(db, holder, terms))
  if (prefix === undefined) throw new NoPrefixLeft()
  return prefix
}

async function takeOwn(
  db: Queryable,
  { hostId, slot, fence }: PrefixHolder,
  { leaseMs }: LeaseTerms,
): Promise<number | undefined> {
  const { rows } = await db.query<{ prefix: number }>(
    `UPDATE extranonce1_lease SET fence = $3, expires_at = now() + $4 * interval '1 ms'
     WHERE host_id = $1 AND slot = $2 RETURNING prefix`,
    [hostId, slot, fence, leaseMs],
  )
  return rows[0]?.prefix
}

/** Of those that were never used any, by chance: a database that was restored has forgotten its latest leases. */
async function takeRested(
  db: Queryable,
  { hostId, slot, fence }: PrefixHolder,
  { leaseMs, quarantineMs }: LeaseTerms,
): Promise<number | undefined> {
  const { rows } = await db.query<{ prefix: number }>(
    `UPDATE extranonce1_lease SET host_id = $1, slot = $2, fence = $3, expires_at = now() + $4 * interval '1 ms'
     WHERE prefix = (
       SELECT prefix FROM extranonce1_lease
       WHERE expires_at IS NULL OR expires_at < now() - $5 * interval '1 ms'
       ORDER BY expires_at NULLS FIRST, random() LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING prefix`,
    [hostId, slot, fence, leaseMs, quarantineMs],
  )
  return rows[0]?.prefix
}
