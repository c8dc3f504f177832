import type { OwnerWishes } from '@headframe/core/alert/plan-messages'
import type { QuietHours } from '@headframe/core/alert/quiet-hours'
import type { Queryable } from '../transaction.js'

/** The operators together. */
export const OPERATORS_ID = 1

/** Whom alerts are for, and when he wants them. */
export interface AlertOwner extends OwnerWishes {
  readonly ownerId: number
  /** Undefined for the operators. */
  readonly minerId: number | undefined
  readonly timeZone: string
  /** What happened before is not told. */
  readonly createdAtMs: number
}

export interface OwnerRow {
  readonly id: number
  readonly miner_id: number | null
  readonly time_zone: string
  readonly quiet_from: number | null
  readonly quiet_until: number | null
  readonly urgent_passes: boolean
  readonly grouping_seconds: number
  readonly created_at: Date
}

export const OWNER_COLUMNS =
  'id, miner_id, time_zone, quiet_from, quiet_until, urgent_passes, grouping_seconds, created_at'

/** Undefined while the miner has never asked for alerts. */
export async function findMinerOwner(db: Queryable, minerId: number): Promise<AlertOwner | undefined> {
  const { rows } = await db.query<OwnerRow>(`SELECT ${OWNER_COLUMNS} FROM alert_owner WHERE miner_id = $1`, [
    minerId,
  ])
  return rows.map(ownerOfRow)[0]
}

export async function readOwner(db: Queryable, ownerId: number): Promise<AlertOwner> {
  const { rows } = await db.query<OwnerRow>(`SELECT ${OWNER_COLUMNS} FROM alert_owner WHERE id = $1`, [
    ownerId,
  ])
  return ownerOfRow(rows[0]!)
}

/** The owner that a miner is, made when he asks for the first time. */
export async function openMinerOwner(db: Queryable, minerId: number, nowMs: number): Promise<AlertOwner> {
  await db.query(
    'INSERT INTO alert_owner (miner_id, created_at) VALUES ($1, $2) ON CONFLICT (miner_id) DO NOTHING',
    [minerId, new Date(nowMs)],
  )
  return (await findMinerOwner(db, minerId))!
}

export interface ChosenWishes {
  readonly timeZone: string
  readonly quietHours: Pick<QuietHours, 'fromMinute' | 'untilMinute'> | undefined
  readonly urgentPasses: boolean
  readonly groupingSeconds: number
}

export async function saveWishes(db: Queryable, ownerId: number, wishes: ChosenWishes): Promise<void> {
  await db.query(
    `UPDATE alert_owner SET time_zone = $2, quiet_from = $3, quiet_until = $4, urgent_passes = $5,
       grouping_seconds = $6 WHERE id = $1`,
    [
      ownerId,
      wishes.timeZone,
      wishes.quietHours?.fromMinute ?? null,
      wishes.quietHours?.untilMinute ?? null,
      wishes.urgentPasses,
      wishes.groupingSeconds,
    ],
  )
}

/** Miners with a channel that something can be sent to, by id from `afterId` on. */
export async function listWatchedMiners(
  db: Queryable,
  afterId: number,
  limit: number,
): Promise<AlertOwner[]> {
  const { rows } = await db.query<OwnerRow>(
    `SELECT ${OWNER_COLUMNS} FROM alert_owner o WHERE miner_id IS NOT NULL AND id > $1 AND EXISTS (
       SELECT FROM alert_channel c WHERE c.owner_id = o.id AND verified_at IS NOT NULL AND removed_at IS NULL)
     ORDER BY id LIMIT $2`,
    [afterId, limit],
  )
  return rows.map(ownerOfRow)
}

export function ownerOfRow(row: OwnerRow): AlertOwner {
  const { quiet_from, quiet_until, time_zone } = row
  return {
    ownerId: row.id,
    minerId: row.miner_id ?? undefined,
    timeZone: time_zone,
    quietHours:
      quiet_from === null || quiet_until === null
        ? undefined
        : { fromMinute: quiet_from, untilMinute: quiet_until, timeZone: time_zone },
    urgentPasses: row.urgent_passes,
    groupingMs: row.grouping_seconds * 1_000,
    createdAtMs: row.created_at.getTime(),
  }
}
