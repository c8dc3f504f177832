import { MAX_CHANNELS, type ChannelKind } from '@headframe/core/alert/channel'
import type { AlertLevel } from '@headframe/core/alert/rules'
import { inTransaction, type Queryable } from '../transaction.js'
import type { Database } from '../database.js'

/** A channel as its owner sees it: never its target. */
export interface AlertChannel {
  readonly id: bigint
  readonly kind: ChannelKind
  readonly name: string
  readonly hint: string
  readonly minLevel: AlertLevel
  readonly createdAtMs: number
  readonly verifiedAtMs: number | undefined
  /** Failed tries in a row. */
  readonly failures: number
  /** Nothing is tried before. */
  readonly restsUntilMs: number | undefined
}

interface ChannelRow {
  readonly id: string
  readonly kind: ChannelKind
  readonly name: string
  readonly hint: string
  readonly min_level: AlertLevel
  readonly created_at: Date
  readonly verified_at: Date | null
  readonly failures: number
  readonly rests_until: Date | null
}

const COLUMNS = 'id, kind, name, hint, min_level, created_at, verified_at, failures, rests_until'

/** Those that were not removed, the oldest first. */
export async function listChannels(db: Queryable, ownerId: number): Promise<AlertChannel[]> {
  const { rows } = await db.query<ChannelRow>(
    `SELECT ${COLUMNS} FROM alert_channel WHERE owner_id = $1 AND removed_at IS NULL ORDER BY id`,
    [ownerId],
  )
  return rows.map((row) => ({
    id: BigInt(row.id),
    kind: row.kind,
    name: row.name,
    hint: row.hint,
    minLevel: row.min_level,
    createdAtMs: row.created_at.getTime(),
    verifiedAtMs: row.verified_at?.getTime(),
    failures: row.failures,
    restsUntilMs: row.rests_until?.getTime(),
  }))
}

export interface NewChannel {
  readonly kind: ChannelKind
  readonly name: string
  readonly hint: string
  /** In a sealed box. */
  readonly target: Uint8Array
  readonly minLevel: AlertLevel
}

/** Returns its id; undefined when the owner has as many as he may. */
export function addChannel(
  { pool }: Pick<Database, 'pool'>,
  ownerId: number,
  { kind, name, hint, target, minLevel }: NewChannel,
  nowMs: number,
): Promise<bigint | undefined> {
  return inTransaction(pool, async (client) => {
    await client.query('SELECT FROM alert_owner WHERE id = $1 FOR UPDATE', [ownerId])
    if ((await listChannels(client, ownerId)).length >= MAX_CHANNELS) return undefined
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO alert_channel (owner_id, kind, name, hint, target, min_level, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
      [ownerId, kind, name, hint, target, minLevel, new Date(nowMs)],
    )
    return BigInt(rows[0]!.id)
  })
}

/** Returns whether the owner has such a channel. */
export async function changeChannel(
  db: Queryable,
  ownerId: number,
  channelId: bigint,
  { name, minLevel }: Pick<NewChannel, 'name' | 'minLevel'>,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE alert_channel SET name = $3, min_level = $4
     WHERE id = $2 AND owner_id = $1 AND removed_at IS NULL`,
    [ownerId, channelId, name, minLevel],
  )
  return rowCount === 1
}

/** Its target is forgotten, what waits for it goes nowhere. Returns whether the owner had such a channel. */
export function removeChannel(
  { pool }: Pick<Database, 'pool'>,
  ownerId: number,
  channelId: bigint,
  nowMs: number,
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE alert_channel SET removed_at = $3, target = '', code_hash = NULL
       WHERE id = $2 AND owner_id = $1 AND removed_at IS NULL`,
      [ownerId, channelId, new Date(nowMs)],
    )
    if (rowCount !== 1) return false
    await client.query(
      `UPDATE alert_delivery SET state = 'dead', answer = 'the channel was removed'
       WHERE channel_id = $1 AND state = 'waiting'`,
      [channelId],
    )
    return true
  })
}
