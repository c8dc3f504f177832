import type { FrozenWindow } from '@headframe/core/job/direct-split'
import type { PayoutMode } from '@headframe/core/share/share'
import type { BlockStatus } from '../generated/enums.js'
import type { SharePosition } from '../window/share-position.js'
import type { Queryable } from '../transaction.js'
import { PAID_WINDOW_COLUMNS, paidWindowOf, type PaidWindowRow } from './paid-window-row.js'

/** A block whose ledger lags behind what the chain says. */
export interface UnbookedBlock {
  readonly hash: string
  readonly height: number
  readonly status: BlockStatus
  readonly bookedStatus: BlockStatus
  readonly mode: PayoutMode
  readonly finderAddress: string
  /** Undefined until the winning share's segment has arrived. */
  readonly windowEnd: SharePosition | undefined
  /** By what its coinbase has paid miners itself. */
  readonly paidWindow: FrozenWindow | undefined
  /** Whether its reward has been split before: a block that came back is credited by the same split. */
  readonly isSettled: boolean
}

interface UnbookedRow extends PaidWindowRow {
  readonly hash: string
  readonly height: number
  readonly status: BlockStatus
  readonly booked_status: BlockStatus
  readonly mode: PayoutMode
  readonly address: string
  readonly window_end_position: string | null
  readonly window_end_index: number | null
  readonly is_settled: boolean
}

/** In the order in which they were found. */
export async function listUnbookedBlocks(db: Queryable): Promise<UnbookedBlock[]> {
  const { rows } = await db.query<UnbookedRow>(
    `SELECT block.hash, height, status, booked_status, mode, miner.address, window_end_position, window_end_index,
       EXISTS (SELECT FROM settlement WHERE block_hash = block.hash) AS is_settled,
       ${PAID_WINDOW_COLUMNS}
     FROM block JOIN worker ON worker.id = finder_id JOIN miner ON miner.id = worker.miner_id
     LEFT JOIN paid_window ON paid_window.block_hash = block.hash
     WHERE status <> booked_status ORDER BY found_at, block.hash`,
  )
  return rows.map((row) => ({
    hash: row.hash,
    height: row.height,
    status: row.status,
    bookedStatus: row.booked_status,
    mode: row.mode,
    finderAddress: row.address,
    windowEnd:
      row.window_end_position === null || row.window_end_index === null
        ? undefined
        : { position: BigInt(row.window_end_position), index: row.window_end_index },
    paidWindow: paidWindowOf(row),
    isSettled: row.is_settled,
  }))
}
