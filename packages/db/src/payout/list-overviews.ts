import type { PayoutState } from '@headframe/core/payout/batch'
import type { Queryable } from '../transaction.js'

/** A batch at a glance. */
export interface PayoutOverview {
  readonly id: bigint
  readonly state: PayoutState
  readonly createdAtMs: number
  readonly miners: number
  readonly totalSats: bigint
  /** Of the version that has confirmed, or else of the newest. */
  readonly feeSats: bigint | undefined
  readonly txid: string | undefined
  /** Whether that version was sent. */
  readonly isSent: boolean
  /** Of the version that has confirmed. */
  readonly height: number | undefined
  readonly versions: number
  readonly awaitsApproval: boolean
  readonly approvedBy: string | undefined
  readonly problem:
    { readonly problem: string; readonly detail: string; readonly sinceMs: number } | undefined
}

interface OverviewRow {
  readonly id: string
  readonly state: PayoutState
  readonly created_at: Date
  readonly total_sats: string
  readonly needs_approval: boolean
  readonly approved_by: string | null
  readonly problem: string | null
  readonly problem_detail: string | null
  readonly problem_since: Date | null
  readonly placed_height: number | null
  readonly miners: number
  readonly versions: number
  readonly fee_sats: string | null
  readonly txid: string | null
  readonly is_sent: boolean
}

const COLUMNS = `b.id, b.state, b.created_at, b.total_sats, b.needs_approval, b.approved_by, b.problem, b.problem_detail,
  b.problem_since, b.placed_height, v.fee_sats, v.txid,
  v.sent_at IS NOT NULL AS is_sent,
  b.item_count AS miners,
  (SELECT count(*)::int FROM payout_version w WHERE w.batch_id = b.id AND w.abandoned_at IS NULL) AS versions`
const SHOWN_VERSION = `LEFT JOIN LATERAL (SELECT fee_sats, txid, sent_at FROM payout_version w WHERE w.batch_id = b.id AND w.abandoned_at IS NULL
  AND w.number = coalesce(b.placed_version, w.number) ORDER BY w.number DESC LIMIT 1) v ON true`

/** The newest first, those before `beforeId` when it is given. */
export async function listPayoutOverviews(
  db: Queryable,
  beforeId: bigint | undefined,
  limit: number,
): Promise<PayoutOverview[]> {
  const { rows } = await db.query<OverviewRow>(
    `SELECT ${COLUMNS} FROM payout_batch b ${SHOWN_VERSION} WHERE $1::bigint IS NULL OR b.id < $1
     ORDER BY b.id DESC LIMIT $2`,
    [beforeId ?? null, limit],
  )
  return rows.map(overviewOfRow)
}

/** Those that are neither settled nor cancelled, the oldest first. */
export async function listOpenPayouts(db: Queryable, limit: number): Promise<PayoutOverview[]> {
  const { rows } = await db.query<OverviewRow>(
    `SELECT ${COLUMNS} FROM payout_batch b ${SHOWN_VERSION} WHERE b.state NOT IN ('settled', 'cancelled')
     ORDER BY b.id LIMIT $1`,
    [limit],
  )
  return rows.map(overviewOfRow)
}

export async function readPayoutOverview(db: Queryable, id: bigint): Promise<PayoutOverview | undefined> {
  const { rows } = await db.query<OverviewRow>(
    `SELECT ${COLUMNS} FROM payout_batch b ${SHOWN_VERSION} WHERE b.id = $1`,
    [id],
  )
  return rows.map(overviewOfRow)[0]
}

function overviewOfRow(row: OverviewRow): PayoutOverview {
  const { problem, problem_detail, problem_since, fee_sats } = row
  return {
    id: BigInt(row.id),
    state: row.state,
    createdAtMs: row.created_at.getTime(),
    miners: row.miners,
    totalSats: BigInt(row.total_sats),
    feeSats: fee_sats === null ? undefined : BigInt(fee_sats),
    txid: row.txid ?? undefined,
    isSent: row.is_sent,
    height: row.placed_height ?? undefined,
    versions: row.versions,
    awaitsApproval: row.needs_approval,
    approvedBy: row.approved_by ?? undefined,
    problem:
      problem === null
        ? undefined
        : { problem, detail: problem_detail ?? '', sinceMs: problem_since!.getTime() },
  }
}
