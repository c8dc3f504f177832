import type { Queryable } from '../transaction.js'

/** The document of an epoch as it was sealed; undefined when there is none of this number. */
export async function readEpochDocument(db: Queryable, epoch: number): Promise<string | undefined> {
  const { rows } = await db.query<{ document: string }>(
    'SELECT document FROM public_epoch WHERE epoch = $1',
    [epoch],
  )
  return rows[0]?.document
}

/** The stretch of segments that an epoch holds. */
export async function readEpochReach(
  db: Queryable,
  epoch: number,
): Promise<{ readonly firstPosition: bigint; readonly lastPosition: bigint } | undefined> {
  const { rows } = await db.query<{ first_position: string; last_position: string }>(
    'SELECT first_position, last_position FROM public_epoch WHERE epoch = $1',
    [epoch],
  )
  const row = rows[0]
  return row && { firstPosition: BigInt(row.first_position), lastPosition: BigInt(row.last_position) }
}
