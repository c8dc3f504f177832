'use client'

import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
  type TooltipContentProps,
} from 'recharts'
import { formatCount, formatDifficulty } from '../../format/count'
import { REJECT_TEXTS } from '../../format/reject-reason'
import { formatUtcClock, formatUtcDay } from '../../format/time'
import { timeTicks, valueTicks } from '../chart/ticks'
import type { WorkerTimeline } from './worker-state'
import { AXIS, MARGIN } from '../chart/axis-style'
import { Tip } from '../chart/tip'

const DAY_MS = 86_400_000

type Point = WorkerTimeline['points'][number]

/** Accepted and rejected shares as bars, the difficulty as steps above them. */
export function TimelineChart({ points }: { readonly points: readonly Point[] }) {
  const accepted = points.reduce((sum, { acceptedCount }) => sum + acceptedCount, 0)
  const rejected = points.reduce((sum, { rejectedCount }) => sum + rejectedCount, 0)
  const label = `Shares of the worker: ${formatCount(accepted)} accepted, ${formatCount(rejected)} rejected`
  return (
    <figure aria-label={label}>
      <div className="h-32">
        <ResponsiveContainer width="100%" height="100%">
          {plotDifficulty(points)}
        </ResponsiveContainer>
      </div>
      <div className="h-40">
        <ResponsiveContainer width="100%" height="100%">
          {plotShares(points)}
        </ResponsiveContainer>
      </div>
      <figcaption className="text-faint pt-1 text-sm">
        Above: mean difficulty of the accepted shares. Below: accepted shares, rejected ones on top in red.
      </figcaption>
    </figure>
  )
}

function timeAxis(points: readonly Point[], isShown: boolean) {
  const [startsAtMs, endsAtMs] = [points[0]?.startsAtMs ?? 0, points.at(-1)?.endsAtMs ?? 1]
  return (
    <XAxis
      dataKey="startsAtMs"
      type="number"
      scale="linear"
      domain={[startsAtMs, endsAtMs]}
      ticks={timeTicks(startsAtMs, endsAtMs, 7)}
      tickFormatter={endsAtMs - startsAtMs > DAY_MS ? formatUtcDay : formatUtcClock}
      tick={isShown ? AXIS : false}
      height={isShown ? 30 : 1}
      tickLine={false}
      axisLine={{ stroke: 'var(--color-edge)' }}
      minTickGap={20}
    />
  )
}

function valueAxis(highest: number, format: (value: number) => string) {
  const ticks = valueTicks(highest)
  return (
    <YAxis
      orientation="right"
      width={68}
      domain={[0, ticks.at(-1) ?? 1]}
      ticks={ticks}
      tickFormatter={format}
      tick={AXIS}
      tickLine={false}
      axisLine={false}
    />
  )
}

const tooltip = (
  <Tooltip
    content={(props) => <TimelineTooltip {...props} />}
    cursor={{ stroke: 'var(--color-edge)', fill: 'var(--color-line)', opacity: 0.5 }}
    isAnimationActive={false}
  />
)

function plotDifficulty(points: readonly Point[]) {
  const highest = Math.max(...points.map(({ difficulty = 0 }) => difficulty))
  return (
    <ComposedChart data={[...points]} syncId="worker" margin={MARGIN} accessibilityLayer={false}>
      <CartesianGrid vertical={false} stroke="var(--color-line)" />
      {timeAxis(points, false)}
      {valueAxis(highest, (value) => (value === 0 ? '0' : formatDifficulty(value)))}
      {tooltip}
      <Line
        dataKey="difficulty"
        type="stepAfter"
        stroke="var(--color-ink)"
        strokeWidth={1.5}
        // A line of one point is none.
        dot={points.filter(({ difficulty }) => difficulty !== undefined).length < 3}
        connectNulls
        isAnimationActive={false}
      />
    </ComposedChart>
  )
}

function plotShares(points: readonly Point[]) {
  const highest = Math.max(...points.map(({ acceptedCount, rejectedCount }) => acceptedCount + rejectedCount))
  return (
    <ComposedChart data={[...points]} syncId="worker" margin={MARGIN} accessibilityLayer={false}>
      <CartesianGrid vertical={false} stroke="var(--color-line)" />
      {timeAxis(points, true)}
      {valueAxis(highest, formatCount)}
      {tooltip}
      <Bar dataKey="acceptedCount" stackId="shares" fill="var(--color-copper)" isAnimationActive={false} />
      <Bar dataKey="rejectedCount" stackId="shares" fill="var(--color-oxide)" isAnimationActive={false} />
    </ComposedChart>
  )
}

function TimelineTooltip({ active, payload }: TooltipContentProps) {
  const point = payload[0]?.payload as Point | undefined
  if (!active || point === undefined) return null
  const { startsAtMs, endsAtMs, acceptedCount, rejects, difficulty } = point
  return (
    <Tip
      when={
        <>
          {formatUtcDay(startsAtMs)}, {formatUtcClock(startsAtMs)}–{formatUtcClock(endsAtMs)} UTC
        </>
      }
    >
      <p className="font-medium">
        {formatCount(acceptedCount)} accepted
        {difficulty !== undefined && ` at ${formatDifficulty(difficulty)}`}
      </p>
      {Object.entries(rejects).map(([reason, count]) => (
        <p key={reason} className="text-quiet">
          {formatCount(count)} {REJECT_TEXTS[reason] ?? reason}
        </p>
      ))}
    </Tip>
  )
}
