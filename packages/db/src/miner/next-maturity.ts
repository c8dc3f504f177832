import type { Queryable } from '../transaction.js'

export interface NextMaturity {
  readonly blockHash: string
  readonly height: number
  /** As the node counts: 1 = the tip. */
  readonly confirmations: number
  readonly amountSats: bigint
}

/** What the miner is owed for an immature block that becomes available first; undefined when there is none. */
export async function nextMaturity(db: Queryable, minerId: number): Promise<NextMaturity | undefined> {
  const { rows } = await db.query<{
    hash: string
    height: number
    confirmations: number
    amount_sats: string
  }>(
    `SELECT block.hash, block.height, block.confirmations, earning.amount_sats - earning.direct_sats AS amount_sats
     FROM block JOIN earning ON earning.block_hash = block.hash AND earning.miner_id = $1
     WHERE block.status = 'immature' AND earning.amount_sats > earning.direct_sats
     ORDER BY block.confirmations DESC, block.height LIMIT 1`,
    [minerId],
  )
  const row = rows[0]
  return (
    row && {
      blockHash: row.hash,
      height: row.height,
      confirmations: row.confirmations,
      amountSats: BigInt(row.amount_sats),
    }
  )
}
