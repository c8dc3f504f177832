'use client'

import clsx from 'clsx'
import { ChevronDown } from 'lucide-react'
import { useId, useState } from 'react'
import { formatCount, formatDifficulty } from '../../format/count'
import { formatPartOf } from '../../format/share'
import { REJECT_TEXTS } from '../../format/reject-reason'
import { Age } from '../age'
import { HashrateValue } from '../hashrate-value'
import { Cell, Row } from '../rows'
import { Unknown } from '../unknown'
import type { WorkerState } from './miner-state'
import { WorkerChart } from './worker-chart'

interface WorkerRowProps {
  readonly address: string
  readonly worker: WorkerState
  readonly columnCount: number
}

export function WorkerRow({ address, worker, columnCount }: WorkerRowProps) {
  const [isOpen, setIsOpen] = useState(false)
  const chartId = useId()
  const { presence } = worker
  return (
    <>
      <Row>
        <Cell label="Worker" span={2}>
          <WorkerName worker={worker} />
        </Cell>
        <Cell label="Hashrate 1 h" numeric>
          <HashrateValue hashrate={worker.hour} isOneMachine />
        </Cell>
        <Cell label="24 h" numeric>
          <HashrateValue hashrate={worker.day} isOneMachine />
        </Cell>
        <Cell label="Last share" numeric>
          {worker.lastShareAtMs === undefined ? (
            <Unknown why="no share has been accepted yet" />
          ) : (
            <Age atMs={worker.lastShareAtMs} />
          )}
        </Cell>
        <Cell label="Difficulty" numeric>
          {presence.state === 'online' ? (
            formatDifficulty(presence.difficulty)
          ) : (
            <Unknown why="not connected now" />
          )}
        </Cell>
        <Cell label="Accepted 24 h" numeric>
          {formatCount(worker.acceptedCount)}
        </Cell>
        <Cell label="Rejected 24 h" numeric>
          <Rejects worker={worker} />
        </Cell>
        <Cell label="Chart" numeric isCorner>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={chartId}
            aria-label={`Chart of ${nameOf(worker)}`}
            onClick={() => setIsOpen(!isOpen)}
            className="text-quiet hover:text-ink hover:bg-line/60 -my-1.5 inline-flex size-9 items-center justify-center rounded"
          >
            <ChevronDown
              size={17}
              aria-hidden="true"
              className={clsx('transition-transform', isOpen && 'rotate-180')}
            />
          </button>
        </Cell>
      </Row>
      {isOpen && (
        <tr role="row" id={chartId} className="border-t-0!">
          <td role="cell" data-span="3" colSpan={columnCount} className="pb-4">
            <WorkerChart address={address} name={worker.name} />
          </td>
        </tr>
      )}
    </>
  )
}

function nameOf(worker: WorkerState): string {
  return worker.name === '' ? 'the unnamed worker' : worker.name
}

const LAMPS = {
  online: { lamp: 'border-copper bg-copper', text: 'online' },
  offline: { lamp: 'border-edge', text: 'offline' },
  unknown: { lamp: 'border-edge border-dashed', text: 'state unknown: the live feed is away' },
} as const

function WorkerName({ worker }: { readonly worker: WorkerState }) {
  const { presence, name } = worker
  const { lamp, text } = LAMPS[presence.state]
  const connections =
    presence.state === 'online' && presence.connections > 1 ? `${presence.connections} connections` : ''
  const details = [text, presence.state === 'online' ? presence.userAgent : '', connections]
    .filter(Boolean)
    .join(' · ')
  return (
    <span className="flex min-w-0 items-baseline gap-2.5">
      <span aria-hidden="true" className={clsx('size-2.5 shrink-0 rounded-full border', lamp)} />
      <span className="min-w-0">
        <span className={clsx('block font-medium wrap-anywhere', name === '' && 'text-quiet')}>
          {name === '' ? '(no name)' : name}
        </span>
        <span className="text-faint block max-w-56 truncate text-[0.8125rem]" title={details}>
          {details}
        </span>
      </span>
    </span>
  )
}

function Rejects({ worker }: { readonly worker: WorkerState }) {
  const reasons = Object.entries(worker.rejects).sort(([, a], [, b]) => b - a)
  const rejected = reasons.reduce((sum, [, count]) => sum + count, 0)
  if (rejected === 0) return '0'
  const total = rejected + worker.acceptedCount
  return (
    <span>
      {formatCount(rejected)}{' '}
      <span className="text-faint">({formatPartOf(BigInt(rejected), BigInt(total))})</span>
      {reasons.map(([reason, count]) => (
        <span key={reason} title={REJECT_TEXTS[reason]} className="text-faint block text-[0.8125rem]">
          {reason.replaceAll('-', ' ')} {formatCount(count)}
        </span>
      ))}
    </span>
  )
}
