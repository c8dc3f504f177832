import type { PayoutMode } from '@headframe/core/share/share'
import type { BlockStatus } from '../generated/enums.js'
import type { Queryable } from '../transaction.js'

export interface LockedBlock {
  readonly mode: PayoutMode
  readonly status: BlockStatus
  readonly bookedStatus: BlockStatus
  readonly isSettled: boolean
  /** How often the block has been credited. */
  readonly occurrence: number
}

/** Reads a block so that nobody else changes it before the transaction ends: what is decided on it stays true. */
export async function lockBlock(db: Queryable, hash: string): Promise<LockedBlock> {
  await db.query('SELECT FROM block WHERE hash = $1 FOR UPDATE', [hash])
  const { rows } = await db.query<{
    mode: PayoutMode
    status: BlockStatus
    booked_status: BlockStatus
    is_settled: boolean
    occurrence: number
  }>(
    `SELECT mode, status, booked_status, EXISTS (SELECT FROM settlement WHERE block_hash = hash) AS is_settled,
       (SELECT coalesce(max(occurrence), 0) FROM ledger_transaction WHERE block_hash = hash) AS occurrence
     FROM block WHERE hash = $1`,
    [hash],
  )
  const row = rows[0]
  if (row === undefined) throw new Error(`block ${hash} is not recorded`)
  return {
    mode: row.mode,
    status: row.status,
    bookedStatus: row.booked_status,
    isSettled: row.is_settled,
    occurrence: row.occurrence,
  }
}

/** Says how far the ledger has followed the block. */
export async function setBookedStatus(db: Queryable, hash: string, bookedStatus: BlockStatus): Promise<void> {
  await db.query('UPDATE block SET booked_status = $2 WHERE hash = $1', [hash, bookedStatus])
}
