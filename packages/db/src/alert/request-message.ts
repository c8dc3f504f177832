import type { Database } from '../database.js'
import { inTransaction } from '../transaction.js'
import { recordEvents } from './events.js'

/** Tests and codes that an owner may ask for within an hour: a channel is no way to write to strangers. */
export const MAX_REQUESTS_AN_HOUR = 10

export type MessageRequest = 'requested' | 'too-often' | 'not-verified' | 'none'

/** A test message, or the code that verifies a channel; sent with the next run of `settle`. */
export function requestMessage(
  { pool }: Pick<Database, 'pool'>,
  ownerId: number,
  channelId: bigint,
  rule: 'test' | 'verify',
  key: string,
  nowMs: number,
): Promise<MessageRequest> {
  return inTransaction(pool, async (client) => {
    await client.query('SELECT FROM alert_owner WHERE id = $1 FOR UPDATE', [ownerId])
    const { rows } = await client.query<{ verified: boolean; requests: number }>(
      `SELECT verified_at IS NOT NULL AS verified,
         (SELECT count(*)::int FROM alert_event
          WHERE owner_id = $1 AND rule IN ('test', 'verify') AND at > $3) AS requests
       FROM alert_channel WHERE id = $2 AND owner_id = $1 AND removed_at IS NULL`,
      [ownerId, channelId, new Date(nowMs - 3_600_000)],
    )
    const row = rows[0]
    if (row === undefined) return 'none'
    if (rule === 'test' && !row.verified) return 'not-verified'
    if (row.requests >= MAX_REQUESTS_AN_HOUR) return 'too-often'
    const event = {
      rule,
      key: `${rule}:${key}`,
      level: 'info',
      what: 'asked',
      atMs: nowMs,
      facts: {},
    } as const
    await recordEvents(client, ownerId, [event], channelId)
    // Who asks does not want to wait for a rest that earlier failures have brought.
    await client.query('UPDATE alert_channel SET rests_until = NULL WHERE id = $1', [channelId])
    return 'requested'
  })
}
