import Link from 'next/link'
import clsx from 'clsx'
import { formatCount } from '../../format/count'
import { formatMeanSats } from '../../format/sats'
import { formatPartOf } from '../../format/share'
import { REJECT_TEXTS } from '../../format/reject-reason'
import { workerPath } from '../../paths'
import { Age } from '../age'
import { Difficulty } from '../difficulty'
import { HashrateValue } from '../hashrate-value'
import { Cell, Row } from '../rows'
import { Unknown } from '../unknown'
import type { WorkerState } from './miner-state'

interface WorkerRowProps {
  readonly address: string
  readonly worker: WorkerState
}

export function WorkerRow({ address, worker }: WorkerRowProps) {
  const { presence, lastShareAtMs, staleCostSats, bestDifficulty } = worker
  return (
    <Row>
      <Cell label="Worker" span={3}>
        <WorkerName address={address} worker={worker} />
      </Cell>
      <Cell label="Hashrate 1 h" numeric>
        <HashrateValue hashrate={worker.hour} />
      </Cell>
      <Cell label="24 h" numeric>
        <HashrateValue hashrate={worker.day} />
      </Cell>
      <Cell label="Last share" numeric>
        {lastShareAtMs === undefined ? (
          <Unknown why="no share has been accepted yet" />
        ) : (
          <Age atMs={lastShareAtMs} />
        )}
      </Cell>
      <Cell label="Difficulty" numeric>
        {presence.state === 'online' ? (
          <Difficulty value={presence.difficulty} />
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
      <Cell label="Lost 24 h" numeric>
        {staleCostSats === undefined ? (
          <Unknown why="no share was accepted to go by" />
        ) : (
          formatMeanSats(staleCostSats)
        )}
      </Cell>
      <Cell label="Best share" numeric>
        {bestDifficulty === undefined ? (
          <Unknown why="no share has been accepted yet" />
        ) : (
          <Difficulty value={bestDifficulty} />
        )}
      </Cell>
    </Row>
  )
}

const LAMPS = {
  online: { lamp: 'border-copper bg-copper', text: 'online' },
  offline: { lamp: 'border-edge', text: 'offline' },
  unknown: { lamp: 'border-edge border-dashed', text: 'state unknown: the live feed is away' },
} as const

function WorkerName({ address, worker }: WorkerRowProps) {
  const { presence, name, label } = worker
  const ownName = name === '' ? '(no name)' : name
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
        <Link href={workerPath(address, name)} className="link block font-medium wrap-anywhere">
          {label ?? ownName}
        </Link>
        {label !== undefined && <span className="text-quiet block text-sm wrap-anywhere">{ownName}</span>}
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
