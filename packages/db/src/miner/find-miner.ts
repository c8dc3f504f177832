import type { Queryable } from '../transaction.js'

export interface FoundMiner {
  readonly minerId: number
  /** When the pool first heard of the miner in a segment. */
  readonly firstSeenAtMs: number
  /** Undefined while nothing of his was accepted. */
  readonly lastShareAtMs: number | undefined
  /** What he wants to be owed before he is paid; undefined: the pool's. */
  readonly payoutThresholdSats: bigint | undefined
  /** Not to be shown to just anybody. */
  readonly isUnlisted: boolean
  /** SHA-256 of what opens his pages. */
  readonly viewKeyHash: Uint8Array | undefined
}

/** The miner of an address as `parseAddress` writes it; undefined when the journal does not know it. */
export async function findMiner(db: Queryable, address: string): Promise<FoundMiner | undefined> {
  const { rows } = await db.query<{
    id: number
    first_seen_at: Date
    last_share_at: Date | null
    payout_threshold_sats: string | null
    is_unlisted: boolean
    view_key_hash: Uint8Array | null
  }>(
    `SELECT id, first_seen_at, last_share_at, payout_threshold_sats, is_unlisted, view_key_hash
     FROM miner WHERE address = $1`,
    [address],
  )
  const row = rows[0]
  return (
    row && {
      minerId: row.id,
      firstSeenAtMs: row.first_seen_at.getTime(),
      lastShareAtMs: row.last_share_at?.getTime(),
      payoutThresholdSats: row.payout_threshold_sats === null ? undefined : BigInt(row.payout_threshold_sats),
      isUnlisted: row.is_unlisted,
      viewKeyHash: row.view_key_hash ?? undefined,
    }
  )
}
