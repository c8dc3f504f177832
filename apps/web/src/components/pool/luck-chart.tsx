'use client'

import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
  type TooltipContentProps,
} from 'recharts'
import { formatCount } from '../../format/count'
import { formatEffort } from '../../format/effort'
import { formatUtc } from '../../format/time'
import { valueTicks } from '../chart/ticks'
import type { LuckState } from './pool-state'
import { AXIS, MARGIN } from '../chart/axis-style'
import { Tip } from '../chart/tip'

/** The band of the first rounds is far wider than anything that happens. */
const BAND_ROOM = 1.3

interface Point {
  readonly round: LuckState
  readonly number: number
  readonly effort: number
  readonly meanEffort: number
  readonly band: readonly [number, number]
}

/** Effort a round as bars, and all of them so far as a line, with where chance alone puts nine of ten pools. */
export function LuckChart({ rounds }: { readonly rounds: readonly LuckState[] }) {
  const points = rounds.map((round) => ({
    round,
    number: round.luck.rounds,
    effort: round.effort,
    meanEffort: round.luck.meanEffort,
    band: [round.luck.band.low, round.luck.band.high] as const,
  }))
  const last = points.at(-1)
  const label = `Effort of the last ${rounds.length} rounds: ${formatEffort(last?.meanEffort ?? 0)} over all rounds at the end`
  return (
    <figure aria-label={label}>
      <div className="h-56">
        <ResponsiveContainer width="100%" height="100%">
          {plot(points)}
        </ResponsiveContainer>
      </div>
      <figcaption className="text-faint pt-1 text-sm">
        Bars: effort of each round. Line: all rounds so far; shaded: by chance alone.
      </figcaption>
    </figure>
  )
}

function plot(points: Point[]) {
  const highest = Math.max(...points.flatMap(({ effort, meanEffort }) => [effort, meanEffort]), 1)
  const ticks = valueTicks(highest * (points.length < 10 ? 1 : BAND_ROOM))
  return (
    <ComposedChart data={points} margin={MARGIN} accessibilityLayer={false}>
      <CartesianGrid vertical={false} stroke="var(--color-line)" />
      <XAxis
        dataKey="number"
        tick={AXIS}
        tickLine={false}
        axisLine={{ stroke: 'var(--color-edge)' }}
        minTickGap={24}
      />
      <YAxis
        orientation="right"
        width={56}
        domain={[0, ticks.at(-1) ?? 1]}
        allowDataOverflow
        ticks={ticks}
        tickFormatter={formatEffort}
        tick={AXIS}
        tickLine={false}
        axisLine={false}
      />
      <Tooltip
        content={(props) => <LuckTooltip {...props} />}
        cursor={{ fill: 'var(--color-line)', opacity: 0.4 }}
        isAnimationActive={false}
      />
      <Area
        dataKey="band"
        stroke="none"
        fill="var(--color-copper)"
        fillOpacity={0.2}
        isAnimationActive={false}
        activeDot={false}
      />
      <Bar
        dataKey="effort"
        fill="var(--color-edge)"
        fillOpacity={0.6}
        isAnimationActive={false}
        maxBarSize={28}
      />
      <ReferenceLine y={1} stroke="var(--color-ink)" strokeDasharray="4 3" />
      <Line
        dataKey="meanEffort"
        stroke="var(--color-copper)"
        strokeWidth={1.75}
        dot={false}
        isAnimationActive={false}
      />
    </ComposedChart>
  )
}

function LuckTooltip({ active, payload }: TooltipContentProps) {
  const point = payload[0]?.payload as Point | undefined
  if (!active || point === undefined) return null
  const { height, foundAtMs, luck, effort } = point.round
  return (
    <Tip
      when={
        <>
          Block {formatCount(height)}, {formatUtc(foundAtMs)}
        </>
      }
    >
      <p className="text-base font-medium">{formatEffort(effort)}</p>
      <p className="text-quiet">
        all {formatCount(luck.rounds)} so far {formatEffort(luck.meanEffort)}; by chance{' '}
        {formatEffort(luck.band.low)} to {formatEffort(luck.band.high)}
      </p>
    </Tip>
  )
}
