import { listAlarms, type Alarm } from '../alarm/alarms.js'
import { readControl, type PayoutControl } from '../payout/control.js'
import { readChainTip, type ChainTipSeen } from '../pool/read-chain-tip.js'
import { readRecordEnd, type RecordEnd } from '../pool/read-record-end.js'
import type { Queryable } from '../transaction.js'

const MAX_ALARMS = 100

/** What the database says of how the pool stands. */
export interface Books {
  readonly end: RecordEnd
  readonly tip: ChainTipSeen | undefined
  readonly control: PayoutControl
  /** When the oldest segment was sealed that is not published; undefined while there is none. */
  readonly unpublishedSinceMs: number | undefined
  readonly alarms: readonly Alarm[]
}

export async function observeBooks(db: Queryable): Promise<Books> {
  const [end, tip, control, unpublishedSinceMs, alarms] = await Promise.all([
    readRecordEnd(db),
    readChainTip(db),
    readControl(db),
    readUnpublished(db),
    listAlarms(db, MAX_ALARMS),
  ])
  return { end, tip, control, unpublishedSinceMs, alarms }
}

async function readUnpublished(db: Queryable): Promise<number | undefined> {
  const { rows } = await db.query<{ sealed_at: Date }>(
    `SELECT sealed_at FROM segment WHERE position > (
       SELECT coalesce((SELECT last_position FROM public_epoch ORDER BY epoch DESC LIMIT 1), pruned_position)
       FROM journal_head WHERE id = 1)
     ORDER BY position LIMIT 1`,
  )
  return rows[0]?.sealed_at.getTime()
}
