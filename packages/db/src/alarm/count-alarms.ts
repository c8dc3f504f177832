import type { Queryable } from '../transaction.js'

/** How many things are wrong now, by the name of the alarm. */
export async function countAlarms(db: Queryable): Promise<Map<string, number>> {
  const { rows } = await db.query<{ name: string; alarms: number }>(
    'SELECT name, count(*)::int AS alarms FROM alarm GROUP BY name ORDER BY name',
  )
  return new Map(rows.map(({ name, alarms }) => [name, alarms]))
}
