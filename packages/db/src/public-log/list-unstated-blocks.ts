import type { PayoutMode } from '@headframe/core/share/share'
import type { SharePosition } from '../window/share-position.js'
import type { Queryable } from '../transaction.js'

/** A settled block on the best chain that is not published yet. */
export interface UnstatedBlock {
  readonly hash: string
  readonly height: number
  readonly mode: PayoutMode
  readonly finderAddress: string
  readonly foundAtMs: number
  readonly windowStart: SharePosition | undefined
  /** Of the window that the block was split by: for one that pays miners itself, the frozen one. */
  readonly windowEnd: SharePosition
  /** Outputs of a coinbase in front of those of the miners that it pays; undefined where it pays none of the window. */
  readonly ownOutputs: number | undefined
}

interface UnstatedRow {
  readonly hash: string
  readonly height: number
  readonly mode: PayoutMode
  readonly address: string
  readonly found_at: Date
  readonly window_start_position: string | null
  readonly window_start_index: number | null
  readonly window_end_position: string
  readonly window_end_index: number
  readonly own_outputs: number | null
}

/** In the order in which they were settled. */
export async function listUnstatedBlocks(db: Queryable, limit: number): Promise<UnstatedBlock[]> {
  const { rows } = await db.query<UnstatedRow>(
    `SELECT block.hash, block.height, block.mode, miner.address, block.found_at,
       settlement.window_start_position, settlement.window_start_index,
       coalesce(paid_window.end_position, block.window_end_position) AS window_end_position,
       coalesce(paid_window.end_index, block.window_end_index) AS window_end_index,
       paid_window.own_outputs
     FROM settlement
     JOIN block ON block.hash = settlement.block_hash
     JOIN worker ON worker.id = block.finder_id
     JOIN miner ON miner.id = worker.miner_id
     LEFT JOIN paid_window ON paid_window.block_hash = block.hash
     WHERE NOT EXISTS (SELECT FROM public_block WHERE public_block.block_hash = settlement.block_hash)
       AND block.window_end_position IS NOT NULL AND block.status IN ('immature', 'mature')
     ORDER BY settlement.settled_at, block.hash LIMIT $1`,
    [limit],
  )
  return rows.map((row) => ({
    hash: row.hash,
    height: row.height,
    mode: row.mode,
    finderAddress: row.address,
    foundAtMs: row.found_at.getTime(),
    windowStart:
      row.window_start_position === null
        ? undefined
        : { position: BigInt(row.window_start_position), index: row.window_start_index! },
    windowEnd: { position: BigInt(row.window_end_position), index: row.window_end_index },
    ownOutputs: row.own_outputs ?? undefined,
  }))
}
