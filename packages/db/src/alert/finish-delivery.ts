import { retryDelayMs, type Outcome } from '@headframe/core/alert/retry'
import type { Database } from '../database.js'
import { inTransaction } from '../transaction.js'
import type { ClaimedDelivery } from './claim-delivery.js'
import { recordEvents } from './events.js'
import { OPERATORS_ID } from './owner.js'

const MAX_ANSWER_CHARS = 500
const DAY_MS = 86_400_000

/** What has become of a delivery by a try; `overtaken`: its lease had ended, and another try decides. */
export type DeliveryFate = 'sent' | 'waiting' | 'dead' | 'overtaken'

/**
 * Writes down what a try came to. A channel that has failed rests as long as its delivery; one that cannot be delivered
 * is told to its owner by his other channels, once a day.
 */
export function finishDelivery(
  { pool }: Pick<Database, 'pool'>,
  { id, attempts, channelId, owner }: ClaimedDelivery,
  outcome: Outcome,
  nowMs: number,
): Promise<DeliveryFate> {
  return inTransaction(pool, async (client) => {
    const delayMs = outcome.kind === 'later' ? retryDelayMs(attempts, outcome.afterMs) : undefined
    const fate = outcome.kind === 'sent' ? 'sent' : delayMs === undefined ? 'dead' : 'waiting'
    const nextMs = nowMs + (delayMs ?? 0)
    const { rowCount } = await client.query(
      `UPDATE alert_delivery SET state = $2::alert_delivery_state, answer = $3, next_try_at = $4,
         sent_at = CASE WHEN $2 = 'sent' THEN $5::timestamptz END
       WHERE id = $1 AND state = 'waiting' AND (attempts = $6 OR $2 = 'sent')`,
      [id, fate, outcome.answer.slice(0, MAX_ANSWER_CHARS), new Date(nextMs), new Date(nowMs), attempts],
    )
    if (rowCount === 0) return 'overtaken'
    await client.query(
      `UPDATE alert_channel SET failures = CASE WHEN $2 THEN 0 ELSE failures + 1 END, rests_until = $3 WHERE id = $1`,
      [channelId, fate === 'sent', fate === 'waiting' ? new Date(nextMs) : null],
    )
    if (fate === 'dead') {
      const { rows } = await client.query<{ name: string }>('SELECT name FROM alert_channel WHERE id = $1', [
        channelId,
      ])
      const rule = owner.ownerId === OPERATORS_ID ? 'delivery-failing' : 'channel-failing'
      const facts = {
        channelId: String(channelId),
        name: rows[0]!.name,
        answer: outcome.answer.slice(0, MAX_ANSWER_CHARS),
      }
      const key = `${rule}:${channelId}:${Math.floor(nowMs / DAY_MS)}`
      const told = { rule, key, level: 'warning', atMs: nowMs, what: 'began', facts } as const
      if (await isRuleOn(client, owner.ownerId, rule)) await recordEvents(client, owner.ownerId, [told])
    }
    return fate
  })
}

/** It is on by default. */
async function isRuleOn(
  db: Parameters<typeof recordEvents>[0],
  ownerId: number,
  rule: string,
): Promise<boolean> {
  const { rows } = await db.query<{ is_on: boolean }>(
    'SELECT is_on FROM alert_rule WHERE owner_id = $1 AND rule = $2',
    [ownerId, rule],
  )
  return rows[0]?.is_on ?? true
}
