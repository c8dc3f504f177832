import type { Database } from '../database.js'
import { inTransaction } from '../transaction.js'
import { endSessions } from './session.js'

/** He signs in no more, and whoever has a session of his is out. */
export function disableOperator(
  { pool }: Pick<Database, 'pool'>,
  operatorId: number,
  nowMs: number,
): Promise<void> {
  return inTransaction(pool, async (client) => {
    await client.query('UPDATE operator SET disabled_at = coalesce(disabled_at, $2) WHERE id = $1', [
      operatorId,
      new Date(nowMs),
    ])
    await client.query('DELETE FROM operator_enrolment WHERE operator_id = $1', [operatorId])
    await endSessions(client, operatorId, nowMs)
  })
}

export async function enableOperator({ pool }: Pick<Database, 'pool'>, operatorId: number): Promise<void> {
  await pool.query('UPDATE operator SET disabled_at = NULL WHERE id = $1', [operatorId])
}
