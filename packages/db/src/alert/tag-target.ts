import type { Queryable } from '../transaction.js'

/**
 * Notes which target a channel leads to, and counts the codes that were sent there since, by whomever: many miners must
 * not be able to flood one mailbox.
 */
export async function tagTarget(
  db: Queryable,
  channelId: bigint,
  tag: Uint8Array,
  sinceMs: number,
): Promise<number> {
  await db.query('UPDATE alert_channel SET target_tag = $2 WHERE id = $1', [channelId, tag])
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM alert_channel c
     JOIN alert_delivery d ON d.channel_id = c.id
     JOIN alert_delivery_event l ON l.delivery_id = d.id
     JOIN alert_event e ON e.id = l.event_id
     WHERE c.target_tag = $1 AND e.rule = 'verify' AND d.sent_at > $2`,
    [tag, new Date(sinceMs)],
  )
  return rows[0]!.count
}
