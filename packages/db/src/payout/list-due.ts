import { inForce } from '../account/payout-address.js'
import type { Queryable } from '../transaction.js'

export interface Due {
  readonly address: string
  /** Where he is paid, if he has said so and it is in force; undefined: at his address. */
  readonly script: Uint8Array | undefined
  readonly availableSats: bigint
  /** His own; undefined: the pool's. */
  readonly thresholdSats: bigint | undefined
  /** When the oldest part of it became payable: since the last payout that took all there was. */
  readonly owedSinceMs: number
}

/** Every miner whom something payable is owed to, and where he is paid at that time. */
export async function listDue(db: Queryable, nowMs: number): Promise<Due[]> {
  const { rows } = await db.query<{
    address: string
    script: Uint8Array | null
    available: string
    threshold: string | null
    owed_since: Date
  }>(
    `SELECT m.address, place.script, -sum(e.amount_sats) AS available, m.payout_threshold_sats AS threshold,
       coalesce(min(t.posted_at) FILTER (WHERE t.id > k.last_id AND e.amount_sats < 0), max(t.posted_at)) AS owed_since
     FROM miner m
     JOIN ledger_account a ON a.name = 'liability:miner:' || m.address || ':available'
     JOIN ledger_entry e ON e.account_id = a.id
     JOIN ledger_transaction t ON t.id = e.transaction_id
     CROSS JOIN LATERAL (
       SELECT coalesce(max(p.id), 0) AS last_id FROM payout_item i
       JOIN ledger_transaction p ON p.payout_batch_id = i.batch_id AND p.kind = 'payout-plan'
       WHERE i.miner_id = m.id) k
     LEFT JOIN LATERAL (${inForce('m.id', '$1')}) place ON true
     GROUP BY m.id, place.script HAVING sum(e.amount_sats) < 0`,
    [new Date(nowMs)],
  )
  return rows.map(({ address, script, available, threshold, owed_since }) => ({
    address,
    script: script === null ? undefined : new Uint8Array(script),
    availableSats: BigInt(available),
    thresholdSats: threshold === null ? undefined : BigInt(threshold),
    owedSinceMs: owed_since.getTime(),
  }))
}

/** What was set aside for payouts since then and was not given back, in satoshis: counts against the daily limit. */
export async function sumPlannedSince(db: Queryable, sinceMs: number): Promise<bigint> {
  const { rows } = await db.query<{ total: string }>(
    `SELECT coalesce(sum(total_sats), 0) AS total FROM payout_batch WHERE created_at > $1 AND state <> 'cancelled'`,
    [new Date(sinceMs)],
  )
  return BigInt(rows[0]!.total)
}
