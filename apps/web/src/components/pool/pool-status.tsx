'use client'

import clsx from 'clsx'
import type { ReactNode } from 'react'
import { useNow } from '../../clock/clock'
import { formatCount, formatDifficulty } from '../../format/count'
import { formatDuration, formatUtc } from '../../format/time'
import { Age } from '../age'
import { Lasting } from '../lasting'
import { Notice } from '../notice'
import { Unknown } from '../unknown'
import { NODE_LOOKS, NodeList } from './node-list'
import type { PoolState } from './pool-state'

/** Node, tip and work in one line; above it whatever is not as it should be. */
export function PoolStatus({ pool }: { readonly pool: PoolState }) {
  return (
    <div className="space-y-3">
      <NodeNotice pool={pool} />
      <RecordNotice pool={pool} />
      <dl aria-label="Node" className="flex flex-wrap gap-x-8 gap-y-2 text-sm">
        <NodeState pool={pool} />
        <Fact name="Height">{heightOf(pool)}</Fact>
        <Fact name="Last tip">
          {pool.tip === undefined ? (
            <Unknown why="no tip has been seen yet" />
          ) : (
            <Age atMs={pool.tip.seenAtMs} />
          )}
        </Fact>
        <Fact name="Network difficulty">{difficultyOf(pool)}</Fact>
        <Fact name="Work handed out">
          <JobAge pool={pool} />
        </Fact>
      </dl>
      {pool.node.known && <NodeList nodes={pool.node.value.nodes} />}
    </div>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex gap-2">
      <dt className="text-faint">{name}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  )
}

const WHY_UNKNOWN = {
  'feed-away': 'the live feed is away',
  'not-reported': 'the engine does not report',
} as const

function NodeState({ pool: { node } }: { readonly pool: PoolState }) {
  const state = node.known ? NODE_LOOKS[node.value.state] : undefined
  return (
    <Fact name="Node">
      <span className="inline-flex items-center gap-2">
        <span
          aria-hidden="true"
          className={clsx('size-2.5 rounded-full border', state?.lamp ?? 'border-edge')}
        />
        {node.known ? state?.text : <Unknown why={WHY_UNKNOWN[node.why]} />}
      </span>
    </Fact>
  )
}

function heightOf({ node, tip }: PoolState) {
  const height = (node.known ? node.value.height : undefined) ?? tip?.height
  return height === undefined ? <Unknown why="no tip has been seen yet" /> : formatCount(height)
}

function difficultyOf({ node }: PoolState) {
  if (!node.known) return <Unknown why={WHY_UNKNOWN[node.why]} />
  const { networkDifficulty } = node.value
  return networkDifficulty === undefined ? (
    <Unknown why="the node has not said" />
  ) : (
    formatDifficulty(networkDifficulty)
  )
}

function JobAge({ pool: { node } }: { readonly pool: PoolState }) {
  const nowMs = useNow()
  if (!node.known) return <Unknown why={WHY_UNKNOWN[node.why]} />
  const { jobAgeMs, atMs } = node.value
  if (jobAgeMs === undefined) return <Unknown why="miners have no work now" />
  return <span className="whitespace-nowrap">{formatDuration(jobAgeMs + Math.max(0, nowMs - atMs))} ago</span>
}

function NodeNotice({ pool: { node } }: { readonly pool: PoolState }) {
  if (!node.known) {
    return (
      <Notice tone="wait" title={`The state of the node is unknown: ${WHY_UNKNOWN[node.why]}.`} role="status">
        {node.why === 'feed-away'
          ? 'Miners are not affected. Hashrates, blocks and balances below come from the database and still hold.'
          : 'If this lasts, the engine is not running, and nobody can mine here now.'}
      </Notice>
    )
  }
  if (node.value.state === 'ok') return null
  const { state, sinceMs, message, jobAgeMs } = node.value
  return (
    <Notice tone={NODE_LOOKS[state].isWrong ? 'wrong' : 'wait'} title={NODE_LOOKS[state].title} role="status">
      Since {formatUtc(sinceMs)}, <Lasting sinceMs={sinceMs} />. {message}{' '}
      {jobAgeMs === undefined
        ? 'Miners have no work and are asked to go elsewhere; they are taken back by themselves.'
        : 'Miners keep their last work for now, and every share still counts.'}
    </Notice>
  )
}

const BEHIND = {
  'journal-behind': 'Shares are accepted and safe in the journal, but have not reached the database yet.',
  'rollups-behind': 'Shares are in the database, but are not summed up yet.',
} as const

function RecordNotice({ pool: { record } }: { readonly pool: PoolState }) {
  if (record.state === 'current' || record.state === 'empty') return null
  return (
    <Notice tone="wait" title={`Hashrates stand at ${formatUtc(record.untilMs)}`} role="status">
      {BEHIND[record.state]} None is lost; the numbers follow.
    </Notice>
  )
}
