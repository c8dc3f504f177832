import type { BlockCandidate } from '@headframe/core/block/candidate'
import type { FrozenWindow } from '@headframe/core/job/direct-split'
import type { Database } from '../database.js'
import { upsertWorkers } from '../miner/upsert-workers.js'
import { inTransaction, type Queryable } from '../transaction.js'

/** Records a block that a stratum process found, once; repeating it changes nothing. */
export async function recordCandidate(
  db: Pick<Database, 'pool'>,
  candidate: BlockCandidate,
): Promise<'recorded' | 'already'> {
  return inTransaction(db.pool, async (client) => {
    const seen = {
      address: candidate.address,
      workerName: candidate.workerName,
      lastShareAtMs: undefined,
    }
    const [finder] = await upsertWorkers(client, [seen], candidate.foundAtMs)
    const { rowCount } = await client.query(
      `INSERT INTO block (hash, height, mode, finder_id, found_at, nbits, template_value_sats, template_fees_sats,
         writer_id, incarnation, window_end_share_seq)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (hash) DO NOTHING`,
      [
        candidate.hash,
        candidate.height,
        candidate.mode,
        finder!.workerId,
        new Date(candidate.foundAtMs),
        candidate.nbits,
        candidate.coinbaseValueSats,
        candidate.feesSats,
        candidate.writerId,
        candidate.incarnation,
        candidate.windowEndShareSeq,
      ],
    )
    if (rowCount !== 1) return 'already'
    if (candidate.paidWindow !== undefined)
      await insertPaidWindow(client, candidate.hash, candidate.paidWindow)
    return 'recorded'
  })
}

async function insertPaidWindow(db: Queryable, hash: string, window: FrozenWindow): Promise<void> {
  await db.query(
    `INSERT INTO paid_window (block_hash, end_position, end_index, pplns_window, fee_basis_points,
       finder_bonus_basis_points, own_outputs)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      hash,
      window.endPosition,
      window.endIndex,
      window.pplnsWindow,
      window.feeBasisPoints,
      window.finderBonusBasisPoints,
      window.ownOutputs,
    ],
  )
}
