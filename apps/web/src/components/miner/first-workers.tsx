import { sortWorkers } from '../../measure/sort-workers'
import { FIRST_WORKERS } from '../../measure/workers-view'
import { WorkerRows, type WorkerRowsProps } from './worker-rows'
import { WorkersViewLink, type ViewPickerProps } from './workers-view-link'

/** The workers in the order that was picked: the first ones, and all of them once that is asked for. */
export function FirstWorkers({ address, workers, view, onPick }: WorkerRowsProps & ViewPickerProps) {
  const sorted = sortWorkers(workers, view.sort)
  return (
    <>
      <WorkerRows address={address} workers={view.isWhole ? sorted : sorted.slice(0, FIRST_WORKERS)} />
      {sorted.length > FIRST_WORKERS && (
        <p className="text-quiet mt-3 text-sm">
          {view.isWhole ? `${sorted.length} workers.` : `The first ${FIRST_WORKERS} of ${sorted.length}.`}{' '}
          <WorkersViewLink view={{ ...view, isWhole: !view.isWhole }} onPick={onPick} className="link py-1.5">
            {view.isWhole ? `Show the first ${FIRST_WORKERS}` : 'Show all'}
          </WorkersViewLink>
        </p>
      )}
    </>
  )
}
