import type { Queryable } from '../transaction.js'

/** What a task has found wrong, and is still so. */
export interface Alarm {
  readonly name: string
  /** What it is true of; empty for the whole. */
  readonly subject: string
  readonly message: string
  readonly sinceMs: number
}

/** Alarms of one name that are kept; more subjects than that are one trouble. */
const MAX_SUBJECTS = 100

/** All that is wrong under a name now: what is not among `now` is well again. What was wrong before keeps its time. */
export async function setAlarms(
  db: Queryable,
  name: string,
  now: readonly Pick<Alarm, 'subject' | 'message'>[],
  nowMs: number,
): Promise<void> {
  const kept = now.slice(0, MAX_SUBJECTS)
  const subjects = kept.map(({ subject }) => subject)
  await db.query('DELETE FROM alarm WHERE name = $1 AND subject <> ALL($2)', [name, subjects])
  await db.query(
    `INSERT INTO alarm (name, subject, message, since)
     SELECT $1, subject, message, $4 FROM unnest($2::text[], $3::text[]) AS told (subject, message)
     ON CONFLICT (name, subject) DO UPDATE SET message = excluded.message`,
    [name, subjects, kept.map(({ message }) => message), new Date(nowMs)],
  )
}

/** One subject alone; undefined: it is well. */
export async function setAlarm(
  db: Queryable,
  name: string,
  subject: string,
  message: string | undefined,
  nowMs: number,
): Promise<void> {
  if (message === undefined) {
    await db.query('DELETE FROM alarm WHERE name = $1 AND subject = $2', [name, subject])
    return
  }
  await db.query(
    `INSERT INTO alarm (name, subject, message, since) VALUES ($1, $2, $3, $4)
     ON CONFLICT (name, subject) DO UPDATE SET message = excluded.message`,
    [name, subject, message, new Date(nowMs)],
  )
}

/** The oldest first. */
export async function listAlarms(db: Queryable, limit: number): Promise<Alarm[]> {
  const { rows } = await db.query<{ name: string; subject: string; message: string; since: Date }>(
    'SELECT name, subject, message, since FROM alarm ORDER BY since, name, subject LIMIT $1',
    [limit],
  )
  return rows.map(({ since, ...alarm }) => ({ ...alarm, sinceMs: since.getTime() }))
}
