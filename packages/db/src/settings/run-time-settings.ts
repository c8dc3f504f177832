import type { RunTimeSetting } from '@headframe/core/settings/run-time-setting'
import type pg from 'pg'
import { inTransaction, type Queryable } from '../transaction.js'

export interface StoredSetting {
  readonly name: string
  /** Undefined: the environment's again. */
  readonly value: string | undefined
  readonly changedAtMs: number
  readonly changedBy: string
}

interface Row {
  readonly name: string
  readonly value: string | null
  readonly changed_at: Date
  readonly changed_by: string
}

/** Every setting that was ever changed at run time, by name. */
export async function readRunTimeSettings(db: Queryable): Promise<StoredSetting[]> {
  const { rows } = await db.query<Row>(
    'SELECT name, value, changed_at, changed_by FROM run_time_setting ORDER BY name',
  )
  return rows.map((row) => ({
    name: row.name,
    value: row.value ?? undefined,
    changedAtMs: row.changed_at.getTime(),
    changedBy: row.changed_by,
  }))
}

export interface ChangedBy {
  readonly author: string
  readonly atMs: number
}

/** Sets it, or gives it back to the environment. */
export async function saveRunTimeSetting(
  pool: pg.Pool,
  name: RunTimeSetting,
  value: string | undefined,
  by: ChangedBy,
): Promise<void> {
  await changeSettings(pool, (client) => writeSetting(client, name, value, by))
}

/**
 * Changes settings while nobody else does: what `work` has read stays so until it is done, and no two changes are of
 * the same moment, which is the version that processes go by.
 */
export async function changeSettings<T>(pool: pg.Pool, work: (client: Queryable) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (client) => {
    await client.query('LOCK TABLE run_time_setting IN SHARE ROW EXCLUSIVE MODE')
    return work(client)
  })
}

/** Inside of `changeSettings`. Each change is later than the one before, whatever the clocks say. */
export async function writeSetting(
  db: Queryable,
  name: string,
  value: string | undefined,
  by: ChangedBy,
): Promise<void> {
  await db.query(
    `INSERT INTO run_time_setting (name, value, changed_at, changed_by)
     VALUES ($1, $2, greatest($3, (SELECT max(changed_at) + interval '1 ms' FROM run_time_setting)), $4)
     ON CONFLICT (name) DO UPDATE
       SET value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
    [name, value ?? null, new Date(by.atMs), by.author],
  )
}
