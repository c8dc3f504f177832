import type { DatabaseObservation } from '@headframe/core/status/judge-parts'
import { listAlarms } from '../alarm/alarms.js'
import { readControl } from '../payout/control.js'
import { readRecordEnd } from '../pool/read-record-end.js'
import type { Queryable } from '../transaction.js'

const MAX_ALARMS = 100

/** What the database says of how the pool stands. */
export async function observeBooks(db: Queryable): Promise<DatabaseObservation> {
  const [{ journalEndMs, rollupEndMs, isRolledUp }, control, unpublishedSinceMs, alarms] = await Promise.all([
    readRecordEnd(db),
    readControl(db),
    readUnpublished(db),
    listAlarms(db, MAX_ALARMS),
  ])
  const { paused, problem } = control
  return {
    journalEndMs,
    rollupEndMs,
    isRolledUp,
    payoutsPaused: paused?.reason,
    payoutProblem: problem?.problem,
    unpublishedSinceMs,
    alarms: [...new Set(alarms.map(({ name }) => name))],
  }
}

/** When the oldest segment came that is not published; undefined while there is none. */
async function readUnpublished(db: Queryable): Promise<number | undefined> {
  const { rows } = await db.query<{ sealed_at: Date }>(
    `SELECT sealed_at FROM segment WHERE position > (
       SELECT coalesce((SELECT last_position FROM public_epoch ORDER BY epoch DESC LIMIT 1), pruned_position)
       FROM journal_head WHERE id = 1)
     ORDER BY position LIMIT 1`,
  )
  return rows[0]?.sealed_at.getTime()
}
