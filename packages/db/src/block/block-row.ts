import type { PayoutMode } from '@headframe/core/share/share'
import type { BlockStatus } from '../generated/enums.js'
import { SHOWN_NAME, SHOWN_WORKER } from '../miner/shown-name.js'
import { bigintOfNumeric } from '../numeric.js'
import type { FoundBlock } from './list-blocks.js'

export interface BlockRow {
  readonly hash: string
  readonly height: number
  readonly status: BlockStatus
  readonly confirmations: number
  readonly mode: PayoutMode
  readonly found_at: Date
  readonly address: string
  readonly worker_name: string
  readonly round_score: string | null
  readonly template_value_sats: string
  readonly coinbase_value_sats: string | null
}

/** A round starts at the block with the next lower score, whatever became of that block, or with the journal. */
export const BLOCK_COLUMNS = `
  block.hash, block.height, block.status, block.confirmations, block.mode, block.found_at,
  ${SHOWN_NAME} AS address, ${SHOWN_WORKER} AS worker_name,
  block.score_at_find - COALESCE((SELECT max(earlier.score_at_find) FROM block AS earlier
                                  WHERE earlier.score_at_find < block.score_at_find), 0) AS round_score,
  block.template_value_sats, settlement.coinbase_value_sats
  FROM block
  JOIN worker ON worker.id = block.finder_id
  JOIN miner ON miner.id = worker.miner_id
  LEFT JOIN settlement ON settlement.block_hash = block.hash`

export function blockOfRow(row: BlockRow): FoundBlock {
  return {
    hash: row.hash,
    height: row.height,
    status: row.status,
    confirmations: row.confirmations,
    mode: row.mode,
    foundAtMs: row.found_at.getTime(),
    finder: { address: row.address, workerName: row.worker_name },
    roundScore: row.round_score === null ? undefined : bigintOfNumeric(row.round_score),
    templateValueSats: BigInt(row.template_value_sats),
    coinbaseValueSats: row.coinbase_value_sats === null ? undefined : BigInt(row.coinbase_value_sats),
  }
}
