'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { formatCount, formatDifficulty } from '../../format/count'
import { formatUtc } from '../../format/time'
import { difficultySteps } from '../../measure/difficulty-steps'
import type { ChartView } from '../../measure/chart-view'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { ChartSkeleton } from '../chart/chart-skeleton'
import { PlotRow, PlotTable } from '../chart/plot-table'
import { Difficulty } from '../difficulty'
import { Panel } from '../panel'
import { Unknown } from '../unknown'
import { TimelineChart } from './timeline-chart'
import type { WorkerTimeline } from './worker-state'

interface TimelinePanelProps {
  readonly address: string
  readonly name: string
  /** The same as that of the hashrate above. */
  readonly view: ChartView
}

/** What became of the worker's shares, and at which difficulty they were sent. */
export function TimelinePanel({ address, name, view }: TimelinePanelProps) {
  const trpc = useTRPC()
  const query = useQuery({
    ...trpc.worker.timeline.queryOptions({ address, worker: name, range: view.range, ...view.zoom }),
    placeholderData: keepPreviousData,
  })
  return (
    <Panel title="Shares and difficulty">
      <Answer query={query} what="timeline" loading={<ChartSkeleton />}>
        {(timeline) =>
          timeline !== null && (
            <>
              <TimelineChart points={timeline.points} />
              <TimelineTable points={timeline.points} />
              <Steps points={timeline.points} />
            </>
          )
        }
      </Answer>
    </Panel>
  )
}

type Points = Pick<WorkerTimeline, 'points'>

function TimelineTable({ points }: Points) {
  return (
    <PlotTable caption="Shares of the worker" columns={['From', 'Accepted', 'Rejected', 'Difficulty']}>
      {points.toReversed().map(({ startsAtMs, acceptedCount, rejectedCount, difficulty }) => (
        <PlotRow key={startsAtMs}>
          <td className="whitespace-nowrap">{formatUtc(startsAtMs)}</td>
          <td>{formatCount(acceptedCount)}</td>
          <td>{formatCount(rejectedCount)}</td>
          <td>
            {difficulty === undefined ? (
              <Unknown why="no share was accepted" />
            ) : (
              <Difficulty value={difficulty} />
            )}
          </td>
        </PlotRow>
      ))}
    </PlotTable>
  )
}

/** All of them are in the table. */
const STEPS_SHOWN = 8

function Steps({ points }: Points) {
  const steps = difficultySteps(points).toReversed()
  return (
    <section aria-label="Steps of the difficulty" className="border-line mt-2 border-t pt-3 text-sm">
      <h3 className="text-quiet">Steps of the difficulty</h3>
      {steps.length === 0 ? (
        <p className="text-faint mt-1">None in this range: it stayed as it was.</p>
      ) : (
        <ol className="mt-1 grid gap-x-8 gap-y-1 sm:grid-cols-2">
          {steps.slice(0, STEPS_SHOWN).map(({ atMs, from, to }) => (
            <li key={atMs} className="flex justify-between gap-4">
              <span className="text-faint">{formatUtc(atMs)}</span>
              <span>
                {formatDifficulty(from)} → <span className="font-medium">{formatDifficulty(to)}</span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
