import type { Part, PartState } from '@headframe/core/status/part'
import type { Queryable } from '../transaction.js'

export interface PartNow {
  readonly part: Part
  readonly state: PartState
  readonly text: string
  readonly sinceMs: number
}

/** A time in which somebody looked all along. */
export interface Watch {
  readonly fromMs: number
  readonly untilMs: number
}

export interface Incident {
  readonly id: number
  readonly part: Part
  readonly kind: Exclude<PartState, 'up'>
  readonly text: string
  readonly openedAtMs: number
  /** Undefined while it lasts. */
  readonly closedAtMs: number | undefined
  readonly ended: string | undefined
}

/** As settle wrote them down last. */
export async function readParts(db: Queryable): Promise<PartNow[]> {
  const { rows } = await db.query<{ part: Part; state: PartState; text: string; since: Date }>(
    'SELECT part, state, text, since FROM part_state',
  )
  return rows.map(({ since, ...part }) => ({ ...part, sinceMs: since.getTime() }))
}

/** Those that reach into the time since `fromMs`, the newest first. */
export async function listWatches(db: Queryable, fromMs: number, limit: number): Promise<Watch[]> {
  const { rows } = await db.query<{ began_at: Date; looked_at: Date }>(
    'SELECT began_at, looked_at FROM status_watch WHERE looked_at >= $1 ORDER BY looked_at DESC LIMIT $2',
    [new Date(fromMs), limit],
  )
  return rows.map((row) => ({ fromMs: row.began_at.getTime(), untilMs: row.looked_at.getTime() }))
}

/** Those that reach into the time since `fromMs`, the newest first. */
export async function listIncidents(db: Queryable, fromMs: number, limit: number): Promise<Incident[]> {
  const { rows } = await db.query<{
    id: string
    part: Part
    kind: Incident['kind']
    text: string
    opened_at: Date
    closed_at: Date | null
    ended: string | null
  }>(
    `SELECT id, part, kind, text, opened_at, closed_at, ended FROM incident
     WHERE opened_at >= $1 OR closed_at >= $1 OR closed_at IS NULL ORDER BY opened_at DESC, id DESC LIMIT $2`,
    [new Date(fromMs), limit],
  )
  return rows.map(({ id, part, kind, text, opened_at, closed_at, ended }) => ({
    id: Number(id),
    part,
    kind,
    text,
    openedAtMs: opened_at.getTime(),
    closedAtMs: closed_at?.getTime(),
    ended: ended ?? undefined,
  }))
}
