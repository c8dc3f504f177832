import type { Database } from '../database.js'
import { inTransaction, type Queryable } from '../transaction.js'
import { recordChange, type Change, type ChangedBy } from './record-change.js'

/** What an account may change of its miner. */
export interface MinerSettings {
  readonly payoutThresholdSats: bigint | undefined
  readonly isUnlisted: boolean
  readonly pseudonym: string | undefined
  readonly hasViewKey: boolean
}

/**
 * Holds a miner, lets `change` write what it wants to be different, and records it if it says what was. Changes of one
 * miner come one after the other.
 */
export function changeMiner(
  { pool }: Pick<Database, 'pool'>,
  minerId: number,
  by: ChangedBy,
  change: (db: Queryable, settings: MinerSettings) => Promise<Change | undefined>,
): Promise<void> {
  return inTransaction(pool, async (client) => {
    const changed = await change(client, await lockMiner(client, minerId))
    if (changed !== undefined) await recordChange(client, minerId, changed, by)
  })
}

/** A miner's settings as they are. */
export async function readMinerSettings(db: Queryable, minerId: number): Promise<MinerSettings> {
  return settingsOf(db, minerId, '')
}

function lockMiner(db: Queryable, minerId: number): Promise<MinerSettings> {
  // Shares that arrive meanwhile touch the same row, but not its key.
  return settingsOf(db, minerId, 'FOR NO KEY UPDATE')
}

async function settingsOf(db: Queryable, minerId: number, lock: string): Promise<MinerSettings> {
  const { rows } = await db.query<{
    payout_threshold_sats: string | null
    is_unlisted: boolean
    pseudonym: string | null
    has_view_key: boolean
  }>(
    `SELECT payout_threshold_sats, is_unlisted, pseudonym, view_key_hash IS NOT NULL AS has_view_key
     FROM miner WHERE id = $1 ${lock}`,
    [minerId],
  )
  const row = rows[0]
  if (row === undefined) throw new Error(`there is no miner ${minerId}`)
  return {
    payoutThresholdSats: row.payout_threshold_sats === null ? undefined : BigInt(row.payout_threshold_sats),
    isUnlisted: row.is_unlisted,
    pseudonym: row.pseudonym ?? undefined,
    hasViewKey: row.has_view_key,
  }
}
