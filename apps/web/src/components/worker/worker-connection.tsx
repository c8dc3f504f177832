import clsx from 'clsx'
import { formatCount } from '../../format/count'
import { Age } from '../age'
import { Difficulty } from '../difficulty'
import { Notice } from '../notice'
import { Panel } from '../panel'
import { Unknown } from '../unknown'
import type { ReactNode } from 'react'
import type { WorkerSummary } from './worker-state'

const STATES = {
  online: { lamp: 'border-copper bg-copper', text: 'connected' },
  offline: { lamp: 'border-edge', text: 'not connected' },
  unknown: { lamp: 'border-edge border-dashed', text: 'unknown' },
} as const

/** Whether the machine is there now, and what it says it is. */
export function WorkerConnection({ worker }: { readonly worker: WorkerSummary }) {
  const { presence, firstSeenAtMs, lastShareAtMs } = worker
  const { lamp, text } = STATES[presence.state]
  const online = presence.state === 'online' ? presence : undefined
  const away = <Unknown why={presence.state === 'unknown' ? 'the live feed is away' : 'not connected now'} />
  return (
    <Panel title="Connection">
      {presence.state === 'offline' && (
        <div className="mb-4">
          <Notice tone="wait" title="This machine is not connected">
            Look at its power, its network and the pool it is set to.
          </Notice>
        </div>
      )}
      <dl className="divide-line -my-2 divide-y text-sm">
        <Fact name="State">
          <span className="inline-flex items-center gap-2">
            <span aria-hidden="true" className={clsx('size-2.5 rounded-full border', lamp)} />
            {text}
          </span>
        </Fact>
        <Fact name="Connected">{online?.sinceMs === undefined ? away : <Age atMs={online.sinceMs} />}</Fact>
        <Fact name="Connections">{online === undefined ? away : formatCount(online.connections)}</Fact>
        <Fact name="Client">
          {online === undefined ? (
            away
          ) : online.userAgent === '' ? (
            <Unknown why="it has not said" />
          ) : (
            <span className="wrap-anywhere">{online.userAgent}</span>
          )}
        </Fact>
        <Fact name="Difficulty now">
          {online === undefined ? away : <Difficulty value={online.difficulty} />}
        </Fact>
        <Fact name="Last share">
          {lastShareAtMs === undefined ? (
            <Unknown why="no share has been accepted yet" />
          ) : (
            <Age atMs={lastShareAtMs} />
          )}
        </Fact>
        <Fact name="First seen">
          <Age atMs={firstSeenAtMs} />
        </Fact>
      </dl>
    </Panel>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4 py-2">
      <dt className="text-quiet shrink-0">{name}</dt>
      <dd className="min-w-0 text-right">{children}</dd>
    </div>
  )
}
