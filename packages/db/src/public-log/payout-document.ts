import type { Queryable } from '../transaction.js'

/** Writes a payout's statement for good. One that is there already is left alone. */
export async function insertPayoutDocument(
  db: Queryable,
  batchId: bigint,
  document: string,
  nowMs: number,
): Promise<void> {
  await db.query(
    'INSERT INTO public_payout (batch_id, document, stated_at) VALUES ($1, $2, $3) ON CONFLICT (batch_id) DO NOTHING',
    [batchId, document, new Date(nowMs)],
  )
}

/** A payout whose statement no epoch lists yet. */
export interface PendingPayout {
  readonly batchId: bigint
  readonly document: string
  readonly statedAtMs: number
}

/** In the order in which they were stated. */
export async function listPendingPayouts(db: Queryable, limit: number): Promise<PendingPayout[]> {
  const { rows } = await db.query<{ batch_id: string; document: string; stated_at: Date }>(
    `SELECT batch_id, document, stated_at FROM public_payout WHERE epoch IS NULL ORDER BY stated_at, batch_id LIMIT $1`,
    [limit],
  )
  return rows.map((row) => ({
    batchId: BigInt(row.batch_id),
    document: row.document,
    statedAtMs: row.stated_at.getTime(),
  }))
}
