import type { SearchParams } from './chart-view'
import { WORKER_SORTS, type WorkerSort } from './sort-workers'

/** How the workers of a miner are listed: in which order, and whether all of them or the first ones. */
export interface WorkersView {
  readonly sort: WorkerSort
  readonly isWhole: boolean
}

/** A page with more of them is slow to send and to draw, and nobody reads on before it is there. */
export const FIRST_WORKERS = 25

/** The view that an address asks for; by name where it asks for no order, or for one that there is not. */
export function workersViewOfParams(params: SearchParams): WorkersView {
  const sort = WORKER_SORTS.find((candidate) => candidate === params['sort']) ?? 'name'
  return { sort, isWhole: params['workers'] === 'all' }
}

/** The inverse: `?sort=state`, `?sort=state&workers=all`. What else stands in `query` is kept. */
export function queryOfWorkersView({ sort, isWhole }: WorkersView, query = ''): string {
  const params = new URLSearchParams(query)
  params.set('sort', sort)
  if (isWhole) params.set('workers', 'all')
  else params.delete('workers')
  return `?${params.toString()}`
}
