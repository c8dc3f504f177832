import { followParts, type PartRecord } from '@headframe/core/status/follow-parts'
import type { Part, PartFinding, PartState } from '@headframe/core/status/part'
import type pg from 'pg'
import type { Database } from '../database.js'
import { inTransaction } from '../transaction.js'

export interface Look {
  readonly atMs: number
  readonly findings: readonly PartFinding[]
  /** The one who looks has done so all along since then. */
  readonly sinceMs: number
}

/** Looks further apart than this leave a time in which nobody looked. */
export const MAX_LOOK_GAP_MS = 60_000

/**
 * Writes down how the parts stand, and which incidents begin and end, in one commit: whoever is killed on the way has told
 * nothing, and the next look tells it once. A look that is older than what is written says nothing any more.
 */
export function recordLook({ pool }: Pick<Database, 'pool'>, look: Look): Promise<void> {
  return inTransaction(pool, async (client) => {
    // Two that look at once take turns; who reads does not wait.
    await client.query('LOCK TABLE part_state IN SHARE ROW EXCLUSIVE MODE')
    const wasWatched = await extendWatch(client, look)
    if (wasWatched === 'too-late') return
    const before = await readRecords(client)
    const { records, closed, opened } = followParts(before, look.findings, { nowMs: look.atMs, wasWatched })
    for (const { part, ended, atMs } of closed) {
      await client.query(
        'UPDATE incident SET closed_at = greatest($2, opened_at), ended = $3 WHERE part = $1 AND closed_at IS NULL',
        [part, new Date(atMs), ended],
      )
    }
    for (const { part, kind, text, atMs } of opened) {
      await client.query('INSERT INTO incident (part, kind, text, opened_at) VALUES ($1, $2, $3, $4)', [
        part,
        kind,
        text,
        new Date(atMs),
      ])
    }
    await writeRecords(client, records)
  })
}

async function extendWatch(client: pg.PoolClient, look: Look): Promise<boolean | 'too-late'> {
  const { rows } = await client.query<{ id: string; looked_at: Date }>(
    'SELECT id, looked_at FROM status_watch ORDER BY id DESC LIMIT 1',
  )
  const last = rows[0]
  const at = new Date(look.atMs)
  if (last !== undefined && last.looked_at >= at) return 'too-late'
  const isUnbroken =
    last !== undefined && last.looked_at.getTime() >= Math.min(look.sinceMs, look.atMs) - MAX_LOOK_GAP_MS
  if (isUnbroken) await client.query('UPDATE status_watch SET looked_at = $2 WHERE id = $1', [last.id, at])
  else await client.query('INSERT INTO status_watch (began_at, looked_at) VALUES ($1, $1)', [at])
  return isUnbroken
}

async function readRecords(client: pg.PoolClient): Promise<PartRecord[]> {
  const { rows } = await client.query<{
    part: Part
    state: PartState
    text: string
    since: Date
    has_incident: boolean
  }>(
    `SELECT part, state, text, since,
       EXISTS (SELECT FROM incident WHERE incident.part = part_state.part AND closed_at IS NULL) AS has_incident
     FROM part_state`,
  )
  return rows.map(({ part, state, text, since, has_incident }) => ({
    part,
    state,
    text,
    sinceMs: since.getTime(),
    hasIncident: has_incident,
  }))
}

async function writeRecords(client: pg.PoolClient, records: readonly PartRecord[]): Promise<void> {
  await client.query('DELETE FROM part_state WHERE part <> ALL($1)', [records.map(({ part }) => part)])
  await client.query(
    `INSERT INTO part_state (part, state, text, since)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
     ON CONFLICT (part) DO UPDATE SET state = excluded.state, text = excluded.text, since = excluded.since`,
    [
      records.map(({ part }) => part),
      records.map(({ state }) => state),
      records.map(({ text }) => text),
      records.map(({ sinceMs }) => new Date(sinceMs)),
    ],
  )
}
