'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { WorkerSort } from '../../measure/sort-workers'
import type { WorkersView } from '../../measure/workers-view'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { Panel } from '../panel'
import { Skeleton } from '../skeleton'
import { FirstWorkers } from './first-workers'
import { WorkerRows, type WorkerRowsProps } from './worker-rows'
import { WorkersViewLink, type ViewPickerProps } from './workers-view-link'

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
  readonly view: WorkersView
}

export function WorkersPanel({ address, view: first }: WorkersPanelProps) {
  const trpc = useTRPC()
  const [view, setView] = useState(first)
  const query = useQuery(trpc.miner.workers.queryOptions({ address }))
  return (
    <Panel title="Workers" actions={<SortPicker view={view} onPick={setView} />}>
      <Answer query={query} what="workers" loading={<Skeleton className="h-32" />}>
        {({ workers, isCut }) =>
          workers.length === 0 ? (
            <Empty title="No worker yet" />
          ) : (
            <>
              <FirstWorkers
                address={address}
                workers={workers.filter(({ isHidden }) => !isHidden)}
                view={view}
                onPick={setView}
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

function SortPicker({ view, onPick }: ViewPickerProps) {
  return (
    <div
      role="group"
      aria-label="Order of the workers"
      className="flex flex-wrap items-center gap-x-3 text-sm"
    >
      <span className="text-faint">By</span>
      {SORTS.map((sort) => (
        <WorkersViewLink
          key={sort}
          view={{ ...view, sort }}
          onPick={onPick}
          isCurrent={sort === view.sort}
          className={
            sort === view.sort
              ? 'text-ink decoration-copper py-1.5 underline decoration-2 underline-offset-4'
              : 'text-quiet hover:text-ink py-1.5'
          }
        >
          {SORT_NAMES[sort]}
        </WorkersViewLink>
      ))}
    </div>
  )
}
