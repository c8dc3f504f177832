import type { AlertEvent } from '@headframe/core/alert/event'
import type { Database } from '../database.js'
import { inTransaction } from '../transaction.js'
import { recordEvents } from './events.js'

/** What a rule remembers, as JSON; undefined before it has remembered anything. */
export type RuleMemory = unknown

export interface RuleLook {
  readonly rule: string
  /** What to remember from now on; undefined forgets. */
  readonly memory: RuleMemory
  readonly events: readonly AlertEvent[]
}

/**
 * Hands an owner's memories to `look`, and keeps what it says: memories and events in one commit. Owners are locked, so
 * that two processes that look at once tell nothing twice. Returns how many events were new.
 */
export function watchOwner(
  { pool }: Pick<Database, 'pool'>,
  ownerId: number,
  look: (memories: ReadonlyMap<string, RuleMemory>) => readonly RuleLook[],
): Promise<number> {
  return inTransaction(pool, async (client) => {
    await client.query('SELECT FROM alert_owner WHERE id = $1 FOR UPDATE', [ownerId])
    const { rows } = await client.query<{ rule: string; state: unknown }>(
      'SELECT rule, state FROM alert_state WHERE owner_id = $1',
      [ownerId],
    )
    let added = 0
    const memories = new Map(rows.map(({ rule, state }) => [rule, state]))
    for (const { rule, memory, events } of look(memories)) {
      added += await recordEvents(client, ownerId, events)
      const text = memory === undefined ? undefined : JSON.stringify(memory)
      if (text === undefined)
        await client.query('DELETE FROM alert_state WHERE owner_id = $1 AND rule = $2', [ownerId, rule])
      else if (text !== JSON.stringify(memories.get(rule)))
        await client.query(
          `INSERT INTO alert_state (owner_id, rule, state) VALUES ($1, $2, $3)
           ON CONFLICT (owner_id, rule) DO UPDATE SET state = $3`,
          [ownerId, rule, text],
        )
    }
    return added
  })
}
