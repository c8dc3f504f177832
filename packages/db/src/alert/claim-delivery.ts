import type { ChannelKind } from '@headframe/core/alert/channel'
import type { AlertEvent } from '@headframe/core/alert/event'
import type { Database } from '../database.js'
import { inTransaction, type Queryable } from '../transaction.js'
import { EVENT_COLUMNS, eventOfRow, type EventRow } from './events.js'
import { OWNER_COLUMNS, ownerOfRow, type AlertOwner, type OwnerRow } from './owner.js'

/** A try that was not finished within this was lost with its process, and is made again. */
export const LEASE_MS = 60_000

export interface DueDelivery {
  readonly id: bigint
  readonly kind: ChannelKind
  /** Whether its channel works: what does not, or was never tried, waits in a line of its own. */
  readonly isProven: boolean
}

/** What can be tried now, one delivery a channel, the oldest first. */
export async function listDueDeliveries(db: Queryable, nowMs: number, limit: number): Promise<DueDelivery[]> {
  const { rows } = await db.query<{ id: string; kind: ChannelKind; proven: boolean }>(
    `SELECT id, kind, proven FROM (
       SELECT DISTINCT ON (d.channel_id) d.id, c.kind, c.failures = 0 AND c.verified_at IS NOT NULL AS proven
       FROM alert_delivery d JOIN alert_channel c ON c.id = d.channel_id
       WHERE d.state = 'waiting' AND d.next_try_at <= $1 AND c.removed_at IS NULL
         AND (c.rests_until IS NULL OR c.rests_until <= $1)
       ORDER BY d.channel_id, d.id) AS due
     ORDER BY id LIMIT $2`,
    [new Date(nowMs), limit],
  )
  return rows.map(({ id, kind, proven }) => ({ id: BigInt(id), kind, isProven: proven }))
}

/** A delivery that is this process's to try. */
export interface ClaimedDelivery {
  readonly id: bigint
  /** This try, from 1. */
  readonly attempts: number
  readonly createdAtMs: number
  readonly channelId: bigint
  readonly kind: ChannelKind
  /** Sealed. */
  readonly target: Uint8Array
  readonly owner: AlertOwner
  /** Of a miner. */
  readonly address: string | undefined
  readonly events: readonly AlertEvent[]
}

/**
 * Takes a delivery for one try; undefined when it is not to be tried now, because it is done, rests, or another process
 * is at it, or at another of the same channel.
 */
export function claimDelivery(
  { pool }: Pick<Database, 'pool'>,
  deliveryId: bigint,
  nowMs: number,
): Promise<ClaimedDelivery | undefined> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{
      channel_id: string
      owner_id: number
      kind: ChannelKind
      target: Uint8Array
      created_at: Date
      attempts: number
    }>(
      `SELECT d.channel_id, c.owner_id, c.kind, c.target, d.created_at, d.attempts
       FROM alert_delivery d JOIN alert_channel c ON c.id = d.channel_id
       WHERE d.id = $1 AND d.state = 'waiting' AND d.next_try_at <= $2 AND c.removed_at IS NULL
         AND (c.rests_until IS NULL OR c.rests_until <= $2)
       FOR UPDATE SKIP LOCKED`,
      [deliveryId, new Date(nowMs)],
    )
    const row = rows[0]
    if (row === undefined) return undefined
    const until = new Date(nowMs + LEASE_MS)
    await client.query('UPDATE alert_delivery SET attempts = attempts + 1, next_try_at = $2 WHERE id = $1', [
      deliveryId,
      until,
    ])
    await client.query('UPDATE alert_channel SET rests_until = $2 WHERE id = $1', [row.channel_id, until])
    return {
      id: deliveryId,
      attempts: row.attempts + 1,
      createdAtMs: row.created_at.getTime(),
      channelId: BigInt(row.channel_id),
      kind: row.kind,
      target: new Uint8Array(row.target),
      ...(await readOwnerOf(client, row.owner_id)),
      events: await listEventsOf(client, deliveryId),
    }
  })
}

async function readOwnerOf(
  db: Queryable,
  ownerId: number,
): Promise<Pick<ClaimedDelivery, 'owner' | 'address'>> {
  const { rows } = await db.query<OwnerRow & { address: string | null }>(
    `SELECT ${OWNER_COLUMNS}, (SELECT address FROM miner WHERE miner.id = miner_id) AS address
     FROM alert_owner WHERE id = $1`,
    [ownerId],
  )
  const row = rows[0]!
  return { owner: ownerOfRow(row), address: row.address ?? undefined }
}

async function listEventsOf(db: Queryable, deliveryId: bigint): Promise<AlertEvent[]> {
  const { rows } = await db.query<EventRow>(
    `SELECT ${EVENT_COLUMNS} FROM alert_delivery_event l JOIN alert_event e ON e.id = l.event_id
     WHERE l.delivery_id = $1 ORDER BY e.id`,
    [deliveryId],
  )
  return rows.map(eventOfRow)
}
