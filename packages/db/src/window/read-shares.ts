import { decodeSegment } from '@headframe/core/journal/decode-segment'
import { valueShares, type ValuedShare } from '../journal/value-shares.js'
import type { Queryable } from '../transaction.js'

/** The segment's bytes were pruned, and somebody still needs them. */
export class SegmentPruned extends Error {
  override readonly name = 'SegmentPruned'
}

/** The shares of one segment, decoded from its bytes. Throws SegmentPruned when they are gone. */
export async function readShares(db: Queryable, position: bigint): Promise<ValuedShare[]> {
  const { rows } = await db.query<{ payload: Uint8Array | null }>(
    'SELECT payload FROM segment WHERE position = $1',
    [position],
  )
  const payload = rows[0]?.payload
  if (payload === undefined || payload === null) {
    throw new SegmentPruned(`the shares of segment ${position} are no longer in the database`)
  }
  return valueShares(decodeSegment(payload))
}
