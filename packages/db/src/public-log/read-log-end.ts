import type { Network } from '@headframe/core/chain/network'
import type { Queryable } from '../transaction.js'

/** How far the public log goes. */
export interface LogEnd {
  /** The newest sealed epoch; 0 while there is none. */
  readonly epoch: number
  /** Its hash; undefined while there is none. */
  readonly hash: Uint8Array | undefined
  /** Its document. */
  readonly document: string | undefined
  /** The last published segment; where the log begins, less 1, while there is none. */
  readonly lastPosition: bigint
  /** Published segments up to here have no bytes any more. */
  readonly prunedPosition: bigint
  /** Null until the first segment has arrived. */
  readonly network: Network | null
}

interface EndRow {
  readonly epoch: string | null
  readonly hash: Uint8Array | null
  readonly document: string | null
  readonly last_position: string | null
  readonly pruned_position: string
  readonly public_pruned: string | null
  readonly network: Network | null
}

export async function readLogEnd(db: Queryable): Promise<LogEnd> {
  const { rows } = await db.query<EndRow>(
    `SELECT newest.epoch, newest.hash, newest.document, newest.last_position, pruned_position, network,
       (SELECT max(last_position) FROM public_epoch WHERE last_position <= pruned_position) AS public_pruned
     FROM journal_head LEFT JOIN
       (SELECT epoch, hash, document, last_position FROM public_epoch ORDER BY epoch DESC LIMIT 1) newest ON true
     WHERE id = 1`,
  )
  const row = rows[0]!
  return {
    epoch: Number(row.epoch ?? 0),
    hash: row.hash ?? undefined,
    document: row.document ?? undefined,
    lastPosition: BigInt(row.last_position ?? row.pruned_position),
    prunedPosition: BigInt(row.public_pruned ?? 0),
    network: row.network,
  }
}
