import type { ChannelKind } from '@headframe/core/alert/channel'
import type { AlertEvent } from '@headframe/core/alert/event'
import type { Queryable } from '../transaction.js'
import { EVENT_COLUMNS, eventOfRow, type EventRow } from './events.js'

/** A line of the delivery log. */
export interface AlertDelivery {
  readonly id: bigint
  readonly channelId: bigint
  readonly channelName: string
  readonly kind: ChannelKind
  readonly state: 'waiting' | 'sent' | 'dead'
  readonly createdAtMs: number
  readonly attempts: number
  /** While it waits. */
  readonly nextTryAtMs: number | undefined
  readonly sentAtMs: number | undefined
  readonly answer: string | undefined
  readonly events: readonly AlertEvent[]
}

interface DeliveryRow {
  readonly id: string
  readonly channel_id: string
  readonly name: string
  readonly kind: ChannelKind
  readonly state: 'waiting' | 'sent' | 'dead'
  readonly created_at: Date
  readonly attempts: number
  readonly next_try_at: Date
  readonly sent_at: Date | null
  readonly answer: string | null
}

/** An owner's deliveries, the newest first, those before `beforeId` when it is given. */
export async function listDeliveries(
  db: Queryable,
  ownerId: number,
  beforeId: bigint | undefined,
  limit: number,
): Promise<AlertDelivery[]> {
  const { rows } = await db.query<DeliveryRow>(
    `SELECT d.id, d.channel_id, c.name, c.kind, d.state, d.created_at, d.attempts, d.next_try_at, d.sent_at, d.answer
     FROM alert_delivery d JOIN alert_channel c ON c.id = d.channel_id
     WHERE c.owner_id = $1 AND ($2::bigint IS NULL OR d.id < $2) ORDER BY d.id DESC LIMIT $3`,
    [ownerId, beforeId ?? null, limit],
  )
  const events = await eventsOf(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    id: BigInt(row.id),
    channelId: BigInt(row.channel_id),
    channelName: row.name,
    kind: row.kind,
    state: row.state,
    createdAtMs: row.created_at.getTime(),
    attempts: row.attempts,
    nextTryAtMs: row.state === 'waiting' ? row.next_try_at.getTime() : undefined,
    sentAtMs: row.sent_at?.getTime(),
    answer: row.answer ?? undefined,
    events: events.get(row.id) ?? [],
  }))
}

/** Sends a delivery again under the same id, whatever became of it. Returns whether the owner has it. */
export async function replayDelivery(
  db: Queryable,
  ownerId: number,
  deliveryId: bigint,
  nowMs: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE alert_delivery d SET state = 'waiting', attempts = 0, next_try_at = $3, sent_at = NULL
     FROM alert_channel c WHERE d.id = $2 AND c.id = d.channel_id AND c.owner_id = $1 AND c.removed_at IS NULL
       AND c.verified_at IS NOT NULL AND d.state <> 'waiting'`,
    [ownerId, deliveryId, new Date(nowMs)],
  )
  return rowCount === 1
}

/** Forgets what happened long ago. Returns how many events went. */
export async function pruneAlerts(db: Queryable, beforeMs: number): Promise<number> {
  const before = new Date(beforeMs)
  await db.query(`DELETE FROM alert_delivery WHERE created_at < $1 AND state <> 'waiting'`, [before])
  const { rowCount } = await db.query(
    `DELETE FROM alert_event e WHERE at < $1 AND planned_at < $1
       AND NOT EXISTS (SELECT FROM alert_delivery_event l WHERE l.event_id = e.id)`,
    [before],
  )
  return rowCount ?? 0
}

async function eventsOf(db: Queryable, deliveryIds: readonly string[]): Promise<Map<string, AlertEvent[]>> {
  const { rows } = await db.query<EventRow & { delivery_id: string }>(
    `SELECT l.delivery_id, ${EVENT_COLUMNS} FROM alert_delivery_event l JOIN alert_event e ON e.id = l.event_id
     WHERE l.delivery_id = ANY($1) ORDER BY e.id`,
    [deliveryIds],
  )
  const found = new Map<string, AlertEvent[]>()
  for (const row of rows) found.set(row.delivery_id, [...(found.get(row.delivery_id) ?? []), eventOfRow(row)])
  return found
}
