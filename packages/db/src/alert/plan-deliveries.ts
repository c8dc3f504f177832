import type { ChannelKind } from '@headframe/core/alert/channel'
import { planMessages, type OpenChannel, type WaitingEvent } from '@headframe/core/alert/plan-messages'
import type { AlertLevel } from '@headframe/core/alert/rules'
import type { Database } from '../database.js'
import { inTransaction, type Queryable } from '../transaction.js'
import { OWNER_COLUMNS, ownerOfRow, type OwnerRow } from './owner.js'

/** Events of an owner that one plan takes; the rest are for the next. */
const MAX_EVENTS = 500
const HOUR_MS = 3_600_000

/** Owners who have events that stand in no delivery yet. */
export async function listWaitingOwners(db: Queryable, limit: number): Promise<number[]> {
  const { rows } = await db.query<{ owner_id: number }>(
    'SELECT DISTINCT owner_id FROM alert_event WHERE planned_at IS NULL ORDER BY owner_id LIMIT $1',
    [limit],
  )
  return rows.map(({ owner_id }) => owner_id)
}

/** Puts an owner's waiting events into deliveries, as `planMessages` says: all in one commit. Returns how many deliveries. */
export function planDeliveries(
  { pool }: Pick<Database, 'pool'>,
  ownerId: number,
  nowMs: number,
): Promise<number> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<OwnerRow>(
      `SELECT ${OWNER_COLUMNS} FROM alert_owner WHERE id = $1 FOR UPDATE`,
      [ownerId],
    )
    const owner = ownerOfRow(rows[0]!)
    const [waiting, channels, sent] = [
      await listWaiting(client, ownerId),
      await listOpen(client, ownerId),
      await countSent(client, ownerId, nowMs - HOUR_MS),
    ]
    const { messages, plannedIds } = planMessages(waiting, channels, owner, sent, nowMs)
    for (const { channelId, eventIds } of messages) {
      await client.query(
        `WITH delivery AS (
           INSERT INTO alert_delivery (channel_id, created_at, next_try_at) VALUES ($1, $3, $3) RETURNING id)
         INSERT INTO alert_delivery_event (delivery_id, event_id, channel_id)
         SELECT delivery.id, event_id, $1 FROM delivery, unnest($2::bigint[]) AS told (event_id)`,
        [channelId, eventIds, new Date(nowMs)],
      )
    }
    await client.query('UPDATE alert_event SET planned_at = $2 WHERE id = ANY($1)', [
      plannedIds,
      new Date(nowMs),
    ])
    return messages.length
  })
}

async function listWaiting(db: Queryable, ownerId: number): Promise<WaitingEvent[]> {
  const { rows } = await db.query<{
    id: string
    rule: string
    level: AlertLevel
    at: Date
    channel_id: string | null
    not_to: string | null
  }>(
    `SELECT id, rule, level, at, channel_id, facts->>'channelId' AS not_to
     FROM alert_event WHERE owner_id = $1 AND planned_at IS NULL ORDER BY id LIMIT $2`,
    [ownerId, MAX_EVENTS],
  )
  return rows.map(({ id, rule, level, at, channel_id, not_to }) => ({
    id: BigInt(id),
    rule,
    level,
    atMs: at.getTime(),
    channelId: channel_id === null ? undefined : BigInt(channel_id),
    notTo: not_to === null ? undefined : BigInt(not_to),
  }))
}

async function listOpen(db: Queryable, ownerId: number): Promise<OpenChannel[]> {
  const { rows } = await db.query<{
    id: string
    kind: ChannelKind
    verified: boolean
    min_level: AlertLevel
  }>(
    `SELECT id, kind, verified_at IS NOT NULL AS verified, min_level FROM alert_channel
     WHERE owner_id = $1 AND removed_at IS NULL ORDER BY id`,
    [ownerId],
  )
  return rows.map(({ id, kind, verified, min_level }) => ({
    id: BigInt(id),
    kind,
    isVerified: verified,
    minLevel: min_level,
  }))
}

/** To the channel that had most. */
async function countSent(db: Queryable, ownerId: number, sinceMs: number): Promise<number> {
  const { rows } = await db.query<{ most: number }>(
    `SELECT COALESCE(max(count), 0)::int AS most FROM (
       SELECT count(*) FROM alert_delivery d JOIN alert_channel c ON c.id = d.channel_id
       WHERE c.owner_id = $1 AND d.created_at > $2 GROUP BY d.channel_id) AS by_channel`,
    [ownerId, new Date(sinceMs)],
  )
  return rows[0]!.most
}
