import type { Database } from '../database.js'
import { inTransaction, type Queryable } from '../transaction.js'

/** A sealed epoch with what it publishes. */
export interface SealedEpoch {
  readonly epoch: number
  readonly firstPosition: bigint
  readonly hash: Uint8Array
  readonly document: string
  readonly sealedAtMs: number
  /** In the order of their positions, from `firstPosition`. */
  readonly segments: readonly { readonly hash: Uint8Array; readonly payload: Uint8Array }[]
  /** Blocks that it lists. */
  readonly blockHashes: readonly string[]
  /** Payouts that it lists. */
  readonly batchIds: readonly bigint[]
  /** Ends of the stretches whose FPPS credits it lists. */
  readonly fppsEnds: readonly bigint[]
}

/** Rows that one statement writes; each may hold a mebibyte. */
const SEGMENTS_PER_INSERT = 32

/** Writes an epoch for good. Whoever comes second with the same number fails on its key, and nothing is written. */
export async function insertEpoch(db: Pick<Database, 'pool'>, sealed: SealedEpoch): Promise<void> {
  await inTransaction(db.pool, async (client) => {
    const lastPosition = sealed.firstPosition + BigInt(sealed.segments.length) - 1n
    await client.query(
      `INSERT INTO public_epoch (epoch, first_position, last_position, hash, document, sealed_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        sealed.epoch,
        sealed.firstPosition,
        lastPosition,
        sealed.hash,
        sealed.document,
        new Date(sealed.sealedAtMs),
      ],
    )
    await insertSegments(client, sealed)
    await client.query('UPDATE public_block SET epoch = $1 WHERE block_hash = ANY ($2)', [
      sealed.epoch,
      sealed.blockHashes,
    ])
    await client.query('UPDATE public_payout SET epoch = $1 WHERE batch_id = ANY ($2::bigint[])', [
      sealed.epoch,
      sealed.batchIds,
    ])
    await client.query('UPDATE public_fpps SET epoch = $1 WHERE end_position = ANY ($2::bigint[])', [
      sealed.epoch,
      sealed.fppsEnds,
    ])
  })
}

async function insertSegments(db: Queryable, { epoch, firstPosition, segments }: SealedEpoch): Promise<void> {
  for (let start = 0; start < segments.length; start += SEGMENTS_PER_INSERT) {
    const some = segments.slice(start, start + SEGMENTS_PER_INSERT)
    await db.query(
      `INSERT INTO public_segment (position, epoch, hash, payload)
       SELECT position, $1, hash, payload FROM unnest($2::bigint[], $3::bytea[], $4::bytea[]) AS one (position, hash, payload)`,
      [
        epoch,
        some.map((_, index) => firstPosition + BigInt(start + index)),
        some.map(({ hash }) => hash),
        some.map(({ payload }) => payload),
      ],
    )
  }
}
