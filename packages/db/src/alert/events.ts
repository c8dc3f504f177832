import type { AlertEvent, AlertFacts, AlertRuleName } from '@headframe/core/alert/event'
import type { AlertLevel } from '@headframe/core/alert/rules'
import type { Queryable } from '../transaction.js'

export interface EventRow {
  readonly id: string
  readonly rule: AlertRuleName
  readonly key: string
  readonly level: AlertLevel
  readonly what: string
  readonly at: Date
  readonly facts: AlertFacts
}

export const EVENT_COLUMNS = 'e.id, e.rule, e.key, e.level, e.what, e.at, e.facts'

export function eventOfRow({ rule, key, level, what, at, facts }: EventRow): AlertEvent {
  return { rule, key, level, what, atMs: at.getTime(), facts }
}

/** Writes down what an owner is to be told; an event whose key he has already is none. Returns how many were new. */
export async function recordEvents(
  db: Queryable,
  ownerId: number,
  events: readonly AlertEvent[],
  channelId?: bigint,
): Promise<number> {
  if (events.length === 0) return 0
  const { rowCount } = await db.query(
    `INSERT INTO alert_event (owner_id, rule, key, level, what, at, facts, channel_id)
     SELECT $1, rule, key, level::alert_level, what, at, facts::jsonb, $8
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[])
       AS told (rule, key, level, what, at, facts)
     ON CONFLICT (owner_id, key) DO NOTHING`,
    [
      ownerId,
      events.map(({ rule }) => rule),
      events.map(({ key }) => key),
      events.map(({ level }) => level),
      events.map(({ what }) => what),
      events.map(({ atMs }) => new Date(atMs)),
      events.map(({ facts }) => JSON.stringify(facts)),
      channelId ?? null,
    ],
  )
  return rowCount ?? 0
}
