'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { shorten } from '../../format/shorten'
import type { ChartView } from '../../measure/chart-view'
import { minerPath } from '../../paths'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { BigHashrate } from '../big-hashrate'
import { ChartSkeleton } from '../chart/chart-skeleton'
import { HashrateChart } from '../chart/hashrate-chart'
import { RangePicker } from '../chart/range-picker'
import { useChartView } from '../chart/use-chart-view'
import { Empty } from '../empty'
import { Panel } from '../panel'
import { Skeleton } from '../skeleton'
import { HashrateHint } from '../terms'
import { WindowReading } from '../window-reading'
import { WorkerBests } from './worker-bests'
import { WorkerConnection } from './worker-connection'
import { WorkerRejects } from './worker-rejects'
import type { WorkerSummary } from './worker-state'
import { TimelinePanel } from './timeline-panel'

interface WorkerPageProps {
  readonly address: string
  /** Empty when the miner named none. */
  readonly name: string
  readonly asked: ChartView
}

export function WorkerPage({ address, name, asked }: WorkerPageProps) {
  const trpc = useTRPC()
  const [view, show] = useChartView(asked)
  const summary = useQuery(trpc.worker.summary.queryOptions({ address, worker: name }))
  return (
    <>
      <Title address={address} name={name} worker={summary.data ?? undefined} />
      <Answer query={summary} what="worker" loading={<Skeleton className="h-[30rem]" />}>
        {(worker) =>
          worker === null ? (
            <Empty title="The pool knows no such worker of this address">
              It appears with its first share, as the part behind the dot of the username that it mines with.
            </Empty>
          ) : (
            <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_21rem] lg:gap-5">
              <HashratePanel address={address} name={name} worker={worker} view={view} show={show} />
              <WorkerConnection worker={worker} />
              <TimelinePanel address={address} name={name} view={view} />
              <WorkerBests bests={worker.bests} />
              <div className="min-w-0 lg:col-span-2">
                <WorkerRejects worker={worker} />
              </div>
            </div>
          )
        }
      </Answer>
    </>
  )
}

interface TitleProps extends Pick<WorkerPageProps, 'address' | 'name'> {
  readonly worker: WorkerSummary | undefined
}

function Title({ address, name, worker }: TitleProps) {
  const ownName = name === '' ? '(no name)' : name
  return (
    <div className="mb-5 min-w-0">
      <p className="text-quiet text-sm">
        Worker of{' '}
        <Link href={minerPath(address) ?? '/'} className="link font-mono" title={address}>
          {shorten(address, 12, 8)}
        </Link>
      </p>
      <h1 className="mt-0.5 text-2xl wrap-anywhere">{worker?.label ?? ownName}</h1>
      {worker?.label !== undefined && <p className="text-quiet wrap-anywhere">{ownName}</p>}
      {worker?.isHidden === true && (
        <p className="text-faint mt-1 text-sm">Hidden: nobody else sees it, until its next share.</p>
      )}
    </div>
  )
}

interface HashratePanelProps extends Pick<WorkerPageProps, 'address' | 'name'> {
  readonly worker: WorkerSummary
  readonly view: ChartView
  readonly show: (view: ChartView) => void
}

function HashratePanel({ address, name, worker, view, show }: HashratePanelProps) {
  const trpc = useTRPC()
  const query = useQuery({
    ...trpc.worker.hashrate.queryOptions({ address, worker: name, range: view.range, ...view.zoom }),
    placeholderData: keepPreviousData,
  })
  const hour = worker.hashrates.find(({ window }) => window === '1h')
  return (
    <Panel title="Hashrate" hint={<HashrateHint />} actions={<RangePicker view={view} onPick={show} />}>
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        {hour !== undefined && <BigHashrate hashrate={hour.hashrate} />}
        <dl className="grid w-full grid-cols-3 gap-x-4 gap-y-3 sm:flex sm:w-auto sm:flex-wrap sm:gap-x-7">
          {worker.hashrates
            .filter((each) => each !== hour)
            .map(({ window, hashrate }) => (
              <WindowReading key={window} window={window} hashrate={hashrate} />
            ))}
        </dl>
      </div>
      <Answer query={query} what="chart" loading={<ChartSkeleton isMain />}>
        {(chart) =>
          chart !== null && (
            <HashrateChart
              subject={`Worker ${name === '' ? 'without a name' : name}`}
              chart={chart}
              isMain
              view={view}
              onView={show}
            />
          )
        }
      </Answer>
    </Panel>
  )
}
