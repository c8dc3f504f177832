import type { HashrateFacts } from '@headframe/core/alert/judge-hashrate'
import type { RejectFacts } from '@headframe/core/alert/judge-rejects'
import type { WorkerFacts } from '@headframe/core/alert/judge-worker'
import type { Queryable } from '../transaction.js'
import { HIDDEN_WORKER } from '../worker/hidden-worker.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Workers of a miner that are looked at: those with the newest shares. */
const MAX_WORKERS = 2_000

export interface WatchedWorker extends WorkerFacts {
  readonly workerId: number
  readonly name: string
}

/** Workers that have mined within a week and are not hidden, with the hours of the last day before they fell silent. */
export async function listWatchedWorkers(
  db: Queryable,
  minerId: number,
  nowMs: number,
): Promise<WatchedWorker[]> {
  const { rows } = await db.query<{
    id: number
    name: string
    last_share_at: Date
    hours: number
    shares: string
  }>(
    `SELECT w.id, w.name, w.last_share_at, usual.hours, usual.shares
     FROM (SELECT id, name, last_share_at FROM worker
           WHERE miner_id = $1 AND last_share_at > $2 AND NOT ${HIDDEN_WORKER}
           ORDER BY last_share_at DESC LIMIT $3) AS w
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS hours, COALESCE(sum(count), 0) AS shares FROM worker_rollup
       WHERE worker_id = w.id AND resolution = 'hour' AND outcome = 'accepted'
         AND starts_at > w.last_share_at - interval '24 hours' AND starts_at <= w.last_share_at) AS usual
     ORDER BY w.id`,
    [minerId, new Date(nowMs - 7 * DAY_MS), MAX_WORKERS],
  )
  return rows.map(({ id, name, last_share_at, hours, shares }) => ({
    workerId: id,
    name,
    lastShareAtMs: last_share_at.getTime(),
    hours,
    shares: Number(shares),
  }))
}

/** The latest full hour that ended before `untilMs`, and those of the 7 days before it. */
export async function readHashrateFacts(
  db: Queryable,
  minerId: number,
  untilMs: number,
): Promise<HashrateFacts & { readonly hourStartsAtMs: number }> {
  const hourStartsAtMs = Math.floor(untilMs / HOUR_MS) * HOUR_MS - HOUR_MS
  const { rows } = await db.query<{ starts_at: Date; work: string; work_squared: string }>(
    `SELECT starts_at, work, work_squared FROM miner_rollup
     WHERE miner_id = $1 AND resolution = 'hour' AND outcome = 'accepted' AND starts_at >= $2 AND starts_at <= $3`,
    [minerId, new Date(hourStartsAtMs - 7 * DAY_MS), new Date(hourStartsAtMs)],
  )
  const isLatest = ({ starts_at }: { readonly starts_at: Date }): boolean =>
    starts_at.getTime() === hourStartsAtMs
  const sum = (of: (row: (typeof rows)[0]) => string): number =>
    rows.reduce((total, row) => total + Number(of(row)), 0)
  const work = sum((row) => row.work)
  return {
    hourStartsAtMs,
    hours: rows.filter((row) => !isLatest(row)).map((row) => Number(row.work)),
    latest: Number(rows.find(isLatest)?.work ?? 0),
    workPerShare: work === 0 ? 0 : sum((row) => row.work_squared) / work,
  }
}

/** Of the hour before `untilMs`. */
export async function readRejectFacts(db: Queryable, minerId: number, untilMs: number): Promise<RejectFacts> {
  const { rows } = await db.query<{ outcome: string; count: string }>(
    `SELECT outcome, sum(count) AS count FROM miner_rollup
     WHERE miner_id = $1 AND resolution = 'minute' AND starts_at >= $2 AND starts_at < $3 GROUP BY outcome`,
    [minerId, new Date(untilMs - HOUR_MS), new Date(untilMs)],
  )
  const counts = new Map(rows.map(({ outcome, count }) => [outcome, Number(count)]))
  const accepted = counts.get('accepted') ?? 0
  counts.delete('accepted')
  return { accepted, rejects: Object.fromEntries(counts) }
}
