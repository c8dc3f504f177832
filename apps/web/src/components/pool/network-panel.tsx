'use client'

import { formatCount } from '../../format/count'
import { formatChange, formatRatio } from '../../format/percent'
import { formatHashrate } from '../../format/hashrate'
import { formatDuration } from '../../format/time'
import { blockTimeMs, estimateRetarget, networkHashrate } from '../../measure/network'
import { Difficulty } from '../difficulty'
import { Hint } from '../hint'
import { Panel } from '../panel'
import { Reading } from '../reading'
import { Unknown } from '../unknown'
import type { PoolState } from './pool-state'

/** The network as the pool's nodes see it, and what the pool is in it. */
export function NetworkPanel({ pool }: { readonly pool: PoolState }) {
  const node = pool.node.known ? pool.node.value : undefined
  const difficulty = node?.networkDifficulty
  const height = node?.height ?? pool.tip?.height
  return (
    <Panel title="Network">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4">
        <Reading label="Height">
          {height === undefined ? <Unknown why="no tip has been seen yet" /> : formatCount(height)}
        </Reading>
        <Reading
          label="Difficulty"
          note={
            difficulty === undefined
              ? undefined
              : `${formatHashrate(networkHashrate(difficulty))} at a block in 10 min`
          }
        >
          {difficulty === undefined ? <Unknown why={AWAY} /> : <Difficulty value={difficulty} />}
        </Reading>
        <PoolPart pool={pool} difficulty={difficulty} />
        <NextRetarget period={node?.period} isKnown={node !== undefined} />
      </dl>
    </Panel>
  )
}

const AWAY = 'the live feed is away'

interface PoolPartProps {
  readonly pool: PoolState
  readonly difficulty: number | undefined
}

/** By the hashrate of a day, which chance moves least. */
function PoolPart({ pool, difficulty }: PoolPartProps) {
  const hashrate = pool.hashrates['24h']
  const rate = hashrate.measured ? hashrate.hashesPerSecond : undefined
  const isKnown = difficulty !== undefined && rate !== undefined
  const timeMs = isKnown ? blockTimeMs(difficulty, rate) : undefined
  return (
    <>
      <Reading label="Pool's part of it" note="by its hashrate of 24 h">
        {isKnown ? formatRatio(rate / networkHashrate(difficulty)) : <Unknown why="not measured" />}
      </Reading>
      <Reading
        label="Block every"
        hint={
          <Hint term="block every">
            How long the pool takes for a block on average, at its hashrate of the last 24 hours. It says
            nothing about when the next one comes: however long the last one is ago, on average it is as long
            again.
          </Hint>
        }
        note="on average"
      >
        {timeMs === undefined ? <Unknown why="not measured" /> : formatLong(timeMs)}
      </Reading>
    </>
  )
}

const YEAR_MS = 365.25 * 86_400_000

function formatLong(ms: number): string {
  if (ms < 1_000) return '< 1 s'
  return ms < YEAR_MS ? formatDuration(ms) : `${formatCount(Math.round(ms / YEAR_MS))} years`
}

type Node = Extract<PoolState['node'], { known: true }>['value']

interface NextRetargetProps {
  readonly period: Node['period']
  readonly isKnown: boolean
}

function NextRetarget({ period, isKnown }: NextRetargetProps) {
  if (isKnown && period === undefined)
    return <Reading label="Next difficulty">{<span className="text-base">never changes here</span>}</Reading>
  const retarget = period && estimateRetarget(period)
  if (retarget === undefined) {
    return (
      <Reading label="Next difficulty">
        <Unknown why={isKnown ? 'the period is too young to say' : AWAY} />
      </Reading>
    )
  }
  const { blocksLeft, leftMs, factor } = retarget
  return (
    <Reading
      label="Next difficulty"
      className="col-span-2"
      note={`in ${formatCount(blocksLeft)} blocks, some ${formatDuration(leftMs)}, at the pace of this period`}
    >
      {formatChange(factor)}
    </Reading>
  )
}
