import { ANSWERED_WITHIN_MS, MAX_WAITING, type RequestKind } from '@headframe/core/payout/request'
import type { Database } from '../database.js'
import { inTransaction } from '../transaction.js'
import { WAITS, waitingSince } from './list-requests.js'
import { recordEvent } from './lock-batch.js'

export interface NewRequest {
  readonly kind: RequestKind
  /** undefined: all payouts. */
  readonly batchId: bigint | undefined
  /** A signed PSBT. */
  readonly argument?: string | undefined
  readonly author: string
}

/** Asks whoever has the wallet. Returns the request's number, undefined when too many wait already. */
export function askRequest(
  { pool }: Pick<Database, 'pool'>,
  { kind, batchId, argument, author }: NewRequest,
  nowMs: number,
): Promise<bigint | undefined> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO payout_request (kind, batch_id, argument, author, asked_at)
       SELECT $3, $4, $5, $6, $7 WHERE (SELECT count(*) FROM payout_request WHERE ${WAITS}) < $8
       RETURNING id`,
      [...waitingSince(nowMs), kind, batchId ?? null, argument ?? null, author, new Date(nowMs), MAX_WAITING],
    )
    if (rows[0] === undefined) return undefined
    // What nobody answered is not answered any more.
    await client.query(
      `UPDATE payout_request SET argument = NULL
       WHERE state IN ('asked', 'taken') AND argument IS NOT NULL AND asked_at <= $1`,
      [new Date(nowMs - ANSWERED_WITHIN_MS)],
    )
    await recordEvent(client, { batchId, atMs: nowMs, what: `${kind}-asked`, author })
    return BigInt(rows[0].id)
  })
}
