'use client'

import { useQuery } from '@tanstack/react-query'
import { useState, type MouseEvent } from 'react'
import { sortWorkers, type WorkerSort } from '../../measure/sort-workers'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { Hint } from '../hint'
import { Panel } from '../panel'
import { Rows, type Column } from '../rows'
import { Skeleton } from '../skeleton'
import type { WorkerState } from './miner-state'
import { WorkerRow } from './worker-row'

const COLUMNS: readonly (Column & { readonly sort: WorkerSort })[] = [
  { name: 'Worker', sort: 'name' },
  { name: 'Hashrate 1 h', numeric: true, sort: 'hour' },
  { name: '24 h', numeric: true, sort: 'day' },
  { name: 'Last share', numeric: true, sort: 'last' },
  { name: 'Difficulty', numeric: true, sort: 'state' },
  { name: 'Accepted 24 h', numeric: true, sort: 'accepted' },
  { name: 'Rejected 24 h', numeric: true, sort: 'rejected' },
  {
    name: 'Lost 24 h',
    numeric: true,
    sort: 'lost',
    hint: (
      <Hint term="lost">
        What shares that came too late were worth: each as much as this worker&rsquo;s accepted ones, by what
        blocks pay on average. Duplicates and mistakes are no lost work.
      </Hint>
    ),
  },
  { name: 'Best share', numeric: true, sort: 'best' },
]
const SORT_NAMES: Readonly<Record<WorkerSort, string>> = {
  name: 'name',
  state: 'away first',
  hour: 'hashrate 1 h',
  day: 'hashrate 24 h',
  last: 'last share',
  accepted: 'accepted',
  rejected: 'rejected',
  lost: 'lost',
  best: 'best share',
}
const SORTS = ['name', 'state', 'hour', 'last', 'rejected', 'lost', 'best'] as const

interface WorkersPanelProps {
  readonly address: string
  /** What the address of the page asks for. */
  readonly sort: WorkerSort
}

export function WorkersPanel({ address, sort: first }: WorkersPanelProps) {
  const trpc = useTRPC()
  const [sort, setSort] = useState(first)
  const query = useQuery(trpc.miner.workers.queryOptions({ address }))
  return (
    <Panel title="Workers" actions={<SortPicker sort={sort} onPick={setSort} />}>
      <Answer query={query} what="workers" loading={<Skeleton className="h-32" />}>
        {({ workers, isCut }) =>
          workers.length === 0 ? (
            <Empty title="No worker yet" />
          ) : (
            <>
              <WorkerRows
                address={address}
                workers={sortWorkers(
                  workers.filter(({ isHidden }) => !isHidden),
                  sort,
                )}
              />
              {isCut && (
                <p className="text-faint mt-3 text-sm">
                  These are the {workers.length} with the newest shares.
                </p>
              )}
              <HiddenWorkers address={address} workers={workers.filter(({ isHidden }) => isHidden)} />
            </>
          )
        }
      </Answer>
    </Panel>
  )
}

interface WorkerRowsProps {
  readonly address: string
  readonly workers: readonly WorkerState[]
}

function WorkerRows({ address, workers }: WorkerRowsProps) {
  return (
    <Rows caption="Workers" columns={COLUMNS} isWide>
      {workers.map((worker) => (
        <WorkerRow key={worker.name} address={address} worker={worker} />
      ))}
    </Rows>
  )
}

/** Told to whoever they belong to, and to operators. */
function HiddenWorkers({ address, workers }: WorkerRowsProps) {
  if (workers.length === 0) return null
  return (
    <details className="mt-4">
      <summary className="text-quiet cursor-pointer text-sm">
        {workers.length} hidden worker{workers.length === 1 ? '' : 's'}, which nobody else sees
      </summary>
      <WorkerRows address={address} workers={workers} />
    </details>
  )
}

interface SortPickerProps {
  readonly sort: WorkerSort
  readonly onPick: (sort: WorkerSort) => void
}

/** Links, so that a list can be ordered before the page works, and handed on as it is. */
function SortPicker({ sort, onPick }: SortPickerProps) {
  function pick(event: MouseEvent, next: WorkerSort): void {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    onPick(next)
    const url = new URL(window.location.href)
    url.searchParams.set('sort', next)
    window.history.replaceState(null, '', url.search)
  }
  return (
    <div
      role="group"
      aria-label="Order of the workers"
      className="flex flex-wrap items-center gap-x-3 text-sm"
    >
      <span className="text-faint">By</span>
      {SORTS.map((each) => (
        <a
          key={each}
          href={`?sort=${each}`}
          aria-current={each === sort ? 'true' : undefined}
          onClick={(event) => pick(event, each)}
          className={
            each === sort
              ? 'text-ink decoration-copper py-1.5 underline decoration-2 underline-offset-4'
              : 'text-quiet hover:text-ink py-1.5'
          }
        >
          {SORT_NAMES[each]}
        </a>
      ))}
    </div>
  )
}
