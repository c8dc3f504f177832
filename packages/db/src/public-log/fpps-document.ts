import type { Queryable } from '../transaction.js'

export interface FppsDocument {
  readonly endPosition: bigint
  readonly hash: Uint8Array
  readonly document: string
}

/** Writes the document of a stretch's credits for good. One that is there already is left alone. */
export async function insertFppsDocument(
  db: Queryable,
  { endPosition, hash, document }: FppsDocument,
  nowMs: number,
): Promise<void> {
  await db.query(
    `INSERT INTO public_fpps (end_position, hash, document, stated_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (end_position) DO NOTHING`,
    [endPosition, hash, document, new Date(nowMs)],
  )
}

/** Undefined when no stretch that is published ends there. */
export async function readFppsDocument(db: Queryable, endPosition: bigint): Promise<string | undefined> {
  const { rows } = await db.query<{ document: string }>(
    'SELECT document FROM public_fpps WHERE end_position = $1',
    [endPosition],
  )
  return rows[0]?.document
}

/** A stretch whose credits no epoch lists yet. */
export interface PendingStretch {
  readonly endPosition: bigint
  readonly hash: Uint8Array
  readonly statedAtMs: number
}

/** In their order. */
export async function listPendingStretches(db: Queryable, limit: number): Promise<PendingStretch[]> {
  const { rows } = await db.query<{ end_position: string; hash: Uint8Array; stated_at: Date }>(
    'SELECT end_position, hash, stated_at FROM public_fpps WHERE epoch IS NULL ORDER BY end_position LIMIT $1',
    [limit],
  )
  return rows.map((row) => ({
    endPosition: BigInt(row.end_position),
    hash: row.hash,
    statedAtMs: row.stated_at.getTime(),
  }))
}
