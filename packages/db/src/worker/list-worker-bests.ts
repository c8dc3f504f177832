import type { Queryable } from '../transaction.js'

/** The share of a worker whose hash was the lowest of a UTC day, or ever. */
export interface WorkerBest {
  readonly period: 'day' | 'ever'
  /** Start of the day. */
  readonly startsAtMs: number
  readonly difficulty: number
  /** Display order, hex. */
  readonly hash: string
  /** Of the block that it would have been. */
  readonly height: number
  readonly nbits: number
  readonly acceptedAtMs: number
}

interface BestRow extends Omit<WorkerBest, 'startsAtMs' | 'acceptedAtMs'> {
  readonly starts_at: Date
  readonly accepted_at: Date
}

/** The best ever first, then those of the newest days, at most `limit` together. */
export async function listWorkerBests(db: Queryable, workerId: number, limit: number): Promise<WorkerBest[]> {
  const { rows } = await db.query<BestRow>(
    `SELECT period, starts_at, difficulty, hash, height, nbits, accepted_at FROM best_share
     WHERE worker_id = $1 ORDER BY period DESC, starts_at DESC LIMIT $2`,
    [workerId, limit],
  )
  return rows.map(({ starts_at, accepted_at, ...row }) => ({
    ...row,
    startsAtMs: starts_at.getTime(),
    acceptedAtMs: accepted_at.getTime(),
  }))
}
