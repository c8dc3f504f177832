import { asLeader, type Lead } from './lead-payouts.js'
import { recordEvent } from './lock-batch.js'

/** Why something does not go on. */
export interface StatedProblem {
  readonly problem: string
  readonly detail: string
}

/**
 * States why a batch, or (undefined) all of the payouts, do not go on; undefined as the problem: they do. The same
 * problem again keeps its time, and is no event. Returns whether it is news.
 */
export async function tellProblem(
  lead: Lead,
  batchId: bigint | undefined,
  stated: StatedProblem | undefined,
  nowMs: number,
): Promise<boolean> {
  const [table, id] = batchId === undefined ? ['payout_control', 1n] : ['payout_batch', batchId]
  return asLeader(lead, async (client) => {
    const { rows } = await client.query<{ was: string | null }>(
      `SELECT problem AS was FROM ${table} WHERE id = $1 FOR UPDATE`,
      [id],
    )
    const isNews = (rows[0]?.was ?? undefined) !== stated?.problem
    if (!isNews && stated === undefined) return false
    await client.query(
      `UPDATE ${table} SET problem = $2, problem_detail = $3,
         problem_since = CASE WHEN $2::text IS NULL THEN NULL WHEN problem = $2 THEN problem_since ELSE $4::timestamptz END
       WHERE id = $1`,
      [id, stated?.problem ?? null, stated?.detail ?? null, new Date(nowMs)],
    )
    if (isNews) {
      const what = stated?.problem ?? 'goes-on'
      await recordEvent(client, { batchId, atMs: nowMs, what, detail: stated?.detail })
    }
    return isNews
  })
}
