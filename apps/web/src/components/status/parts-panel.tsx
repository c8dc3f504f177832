'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useTRPC } from '../../trpc/client'
import { Age } from '../age'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { Lasting } from '../lasting'
import { Notice } from '../notice'
import { Panel } from '../panel'
import { Skeleton } from '../skeleton'
import { Unknown } from '../unknown'
import { IncidentList } from './incident-list'
import { PART_NAMES, STATE_LOOKS, type PartEntry, type PartsAnswer } from './parts-state'
import { UptimeBars } from './uptime-bars'

const REFRESH_MS = 10_000

/** Every part of the pool with its state and its last days, and what went wrong. */
export function PartsPanels() {
  const trpc = useTRPC()
  const query = useQuery({ ...trpc.pool.parts.queryOptions(), refetchInterval: REFRESH_MS })
  return (
    <Answer query={query} what="parts of the pool" loading={<Skeleton className="h-96" />}>
      {(answer) => (
        <>
          <Panel title="Parts of the pool">
            <PartList answer={answer} />
          </Panel>
          <Panel title="Incidents">
            <IncidentList answer={answer} />
          </Panel>
        </>
      )}
    </Answer>
  )
}

function PartList({ answer: { parts, isWatched, lookedAtMs } }: { readonly answer: PartsAnswer }) {
  if (lookedAtMs === undefined)
    return <Empty title="Nobody has looked yet">settle looks at every part, every five seconds.</Empty>
  return (
    <>
      {!isWatched && (
        <div className="mb-4">
          <Notice tone="wait" title="Nobody looks now">
            settle looked last <Age atMs={lookedAtMs} />. How the pool stands since then is not known; miners
            do not depend on it.
          </Notice>
        </div>
      )}
      <ul className="divide-line grid divide-y">
        {parts.map((part) => (
          <PartItem key={part.part} entry={part} />
        ))}
      </ul>
      <p className="text-faint mt-3 text-sm">
        A bar is a day (UTC) of the last 90, today on the right. Grey: nobody looked, or nobody could tell.
      </p>
    </>
  )
}

function PartItem({ entry: { part, state, text, sinceMs, uptime, days } }: { readonly entry: PartEntry }) {
  const { lamp, text: stateText } = STATE_LOOKS[state]
  const name = PART_NAMES[part]
  return (
    <li className="grid gap-x-6 gap-y-2 py-3 lg:grid-cols-[20rem_1fr]">
      <div className="min-w-0 text-sm">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <span className="text-base font-medium">{name}</span>
          <span className="inline-flex items-center gap-2">
            <span aria-hidden="true" className={clsx('size-2.5 border', lamp)} />
            {stateText}
          </span>
          <span className="text-faint">
            <Lasting sinceMs={sinceMs} />
          </span>
        </div>
        {text !== '' && <p className="text-quiet mt-0.5 wrap-anywhere">{text}</p>}
      </div>
      <div className="grid min-w-0 grid-cols-[1fr_4.5rem] items-center gap-3">
        <UptimeBars days={days} name={name} />
        <span className="text-faint text-right text-sm" title="Of the time in which it was known, not down">
          {uptime === undefined ? <Unknown why="nobody has looked" /> : percent(uptime)}
        </span>
      </div>
    </li>
  )
}

/** Rounded down: 100 % is said only of what never failed. */
function percent(share: number): string {
  return share === 1 ? '100 %' : `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`
}
