import type { Hashrate } from './hashrate'

/** By what a list of workers can be ordered. */
export const WORKER_SORTS = [
  'name',
  'state',
  'hour',
  'day',
  'last',
  'accepted',
  'rejected',
  'lost',
  'best',
] as const
export type WorkerSort = (typeof WORKER_SORTS)[number]

interface SortedWorker {
  readonly name: string
  readonly presence: { readonly state: 'online' | 'offline' | 'unknown' }
  readonly hour: Hashrate
  readonly day: Hashrate
  readonly lastShareAtMs: number | undefined
  readonly acceptedCount: number
  readonly rejects: Readonly<Record<string, number>>
  readonly staleCostSats: number | undefined
  readonly bestDifficulty: number | undefined
}

/** What comes first is what one looks for: the strongest, the best, the one with most rejects; those that are away. */
export function sortWorkers<T extends SortedWorker>(workers: readonly T[], sort: WorkerSort): T[] {
  const byName = workers.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  if (sort === 'name') return byName
  return byName.toSorted((a, b) => KEYS[sort](b) - KEYS[sort](a))
}

const KEYS: Readonly<Record<Exclude<WorkerSort, 'name'>, (worker: SortedWorker) => number>> = {
  state: ({ presence }) => AWAY_FIRST[presence.state],
  hour: ({ hour }) => rateOf(hour),
  day: ({ day }) => rateOf(day),
  last: ({ lastShareAtMs = 0 }) => lastShareAtMs,
  accepted: ({ acceptedCount }) => acceptedCount,
  rejected: ({ rejects }) => Object.values(rejects).reduce((sum, count) => sum + count, 0),
  lost: ({ staleCostSats = 0 }) => staleCostSats,
  best: ({ bestDifficulty = 0 }) => bestDifficulty,
}

const AWAY_FIRST = { offline: 2, unknown: 1, online: 0 } as const
const rateOf = (hashrate: Hashrate): number => (hashrate.measured ? hashrate.hashesPerSecond : -1)
