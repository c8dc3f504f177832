import type { Database } from '../database.js'
import { inTransaction, type Queryable } from '../transaction.js'
import { asLeader, type Lead } from './lead-payouts.js'
import { recordEvent } from './lock-batch.js'

/** How payouts as a whole stand. */
export interface PayoutControl {
  readonly paused: { readonly by: string; readonly reason: string; readonly sinceMs: number } | undefined
  /** When batches were planned last. */
  readonly plannedAtMs: number | undefined
  readonly problem:
    { readonly problem: string; readonly detail: string; readonly sinceMs: number } | undefined
  /** Up to this block all that has left the wallet is known; undefined before the first look. */
  readonly checkedBlockHash: string | undefined
  /** A payout of more needs approval, besides what the setting says. */
  readonly approvalAboveSats?: bigint | undefined
}

export async function readControl(db: Queryable): Promise<PayoutControl> {
  const { rows } = await db.query<{
    paused_by: string | null
    paused_reason: string | null
    paused_at: Date | null
    planned_at: Date | null
    problem: string | null
    problem_detail: string | null
    problem_since: Date | null
    checked_block_hash: string | null
    approval_above_sats: string | null
  }>(
    `SELECT paused_by, paused_reason, paused_at, planned_at, problem, problem_detail, problem_since, checked_block_hash,
       approval_above_sats
     FROM payout_control WHERE id = 1`,
  )
  const row = rows[0]!
  return {
    paused:
      row.paused_at === null
        ? undefined
        : { by: row.paused_by!, reason: row.paused_reason!, sinceMs: row.paused_at.getTime() },
    plannedAtMs: row.planned_at?.getTime(),
    problem:
      row.problem === null
        ? undefined
        : { problem: row.problem, detail: row.problem_detail ?? '', sinceMs: row.problem_since!.getTime() },
    checkedBlockHash: row.checked_block_hash ?? undefined,
    approvalAboveSats: row.approval_above_sats === null ? undefined : BigInt(row.approval_above_sats),
  }
}

/** Nothing leaves the pool from now on. Paused twice, the first stays. */
export function pausePayouts(
  { pool }: Pick<Database, 'pool'>,
  by: string,
  reason: string,
  nowMs: number,
): Promise<void> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE payout_control SET paused_by = $1, paused_reason = $2, paused_at = $3 WHERE id = 1 AND paused_at IS NULL`,
      [by, reason, new Date(nowMs)],
    )
    if (rowCount === 1)
      await recordEvent(client, {
        batchId: undefined,
        atMs: nowMs,
        what: 'paused',
        detail: reason,
        author: by,
      })
  })
}

export function resumePayouts({ pool }: Pick<Database, 'pool'>, by: string, nowMs: number): Promise<void> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE payout_control SET paused_by = NULL, paused_reason = NULL, paused_at = NULL
       WHERE id = 1 AND paused_at IS NOT NULL`,
    )
    if (rowCount === 1)
      await recordEvent(client, { batchId: undefined, atMs: nowMs, what: 'resumed', author: by })
  })
}

/** The next run of the leader plans, whenever it was done last. */
export function requestPlan({ pool }: Pick<Database, 'pool'>, by: string, nowMs: number): Promise<void> {
  return inTransaction(pool, async (client) => {
    await client.query('UPDATE payout_control SET planned_at = NULL WHERE id = 1')
    await recordEvent(client, { batchId: undefined, atMs: nowMs, what: 'plan-requested', author: by })
  })
}

export async function markPlanned(lead: Lead, nowMs: number): Promise<void> {
  await asLeader(lead, (client) =>
    client.query('UPDATE payout_control SET planned_at = $1 WHERE id = 1', [new Date(nowMs)]),
  )
}

/** All that has left the wallet up to that block is known. */
export async function markChecked(lead: Lead, blockHash: string): Promise<void> {
  await asLeader(lead, (client) =>
    client.query('UPDATE payout_control SET checked_block_hash = $1 WHERE id = 1', [blockHash]),
  )
}
