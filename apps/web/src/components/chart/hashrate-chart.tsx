'use client'

import clsx from 'clsx'
import { useMemo, useState } from 'react'
import {
  Area,
  AreaChart,
  CartesianGrid,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
  type MouseHandlerDataParam,
} from 'recharts'
import { formatHashrate, hashrateParts } from '../../format/hashrate'
import { formatUtcClock, formatUtcDay } from '../../format/time'
import { zoomBetween, type ChartView } from '../../measure/chart-view'
import { RANGE_SHAPES } from '../../measure/range'
import type { HashrateChart as Chart } from '../../server/chart'
import { ChartTable } from './chart-table'
import { ChartTooltip } from './chart-tooltip'
import { seriesOf, summarise, unmeasuredUntilMs, type SeriesPoint } from './series'
import { timeTicks, valueTicks } from './ticks'
import { ZoomBar } from './zoom-bar'
import { AXIS, MARGIN } from './axis-style'

const DAY_MS = 86_400_000
/** The band of a few shares is many times as high as the line; what is above this part of the line's height is cut off. */
const BAND_ROOM = 1.35

interface HashrateChartProps {
  /** Whose hashrate: "Pool", "Worker rig-1". */
  readonly subject: string
  readonly chart: Chart
  /** The chart of a page, and not one inside a list. */
  readonly isMain?: boolean
  readonly view: ChartView
  readonly onView: (view: ChartView) => void
}

/**
 * Hashrate over time as steps, one a bucket: within a bucket only the average is known, so nothing is smoothed. Behind
 * it the band in which the true hashrate lies nine times in ten. A stretch that is dragged over is shown alone.
 */
export function HashrateChart({ subject, chart, isMain = false, view, onView }: HashrateChartProps) {
  const series = useMemo(() => seriesOf(chart.points, chart.bucketMs), [chart])
  const drag = useDrag((fromMs, toMs) => onView({ range: view.range, zoom: zoomBetween(fromMs, toMs) }))
  const [first, last] = [chart.points[0], chart.points.at(-1)]
  return (
    <figure aria-label={describe(subject, chart, series)} className="min-w-0">
      <div
        className={clsx('h-56 cursor-crosshair select-none', isMain ? 'sm:h-64 lg:h-[21.5rem]' : 'sm:h-56')}
      >
        <ResponsiveContainer width="100%" height="100%">
          {plot(series, drag)}
        </ResponsiveContainer>
      </div>
      <div className="flex flex-wrap items-start justify-between gap-x-6">
        {first !== undefined && last !== undefined && (
          <ZoomBar
            view={view}
            shown={view.zoom ?? { fromMs: first.startsAtMs, toMs: last.endsAtMs }}
            onPick={onView}
          />
        )}
        <p className="text-faint py-1.5 text-sm">
          Shaded: 90 % sure
          {unmeasuredUntilMs(series) !== undefined && '; hatched: not measured yet'}
        </p>
      </div>
      <ChartTable subject={subject} series={series} />
    </figure>
  )
}

interface Drag {
  /** Undefined while nothing is dragged over. */
  readonly fromMs: number | undefined
  readonly toMs: number | undefined
  readonly handlers: Readonly<
    Record<'onMouseDown' | 'onMouseMove' | 'onMouseUp', (at: MouseHandlerDataParam) => void>
  >
}

function useDrag(onDone: (fromMs: number, toMs: number) => void): Drag {
  const [span, setSpan] = useState<readonly [number, number]>()
  const timeOf = ({ activeLabel }: MouseHandlerDataParam): number | undefined =>
    activeLabel === undefined ? undefined : Number(activeLabel)
  return {
    fromMs: span && Math.min(...span),
    toMs: span && Math.max(...span),
    handlers: {
      onMouseDown(at) {
        const atMs = timeOf(at)
        if (atMs !== undefined) setSpan([atMs, atMs])
      },
      onMouseMove(at) {
        const atMs = timeOf(at)
        if (span !== undefined && atMs !== undefined) setSpan([span[0], atMs])
      },
      onMouseUp() {
        if (span !== undefined && span[0] !== span[1]) onDone(...span)
        setSpan(undefined)
      },
    },
  }
}

function plot(series: SeriesPoint[], { fromMs, toMs, handlers }: Drag) {
  const startsAtMs = series[0]?.atMs ?? 0
  const endsAtMs = series.at(-1)?.atMs ?? 1
  const ticks = valueTicks((summarise(series)?.highest ?? 0) * BAND_ROOM)
  const unmeasured = unmeasuredUntilMs(series)
  return (
    <AreaChart data={series} margin={MARGIN} accessibilityLayer={false} {...handlers}>
      <defs>
        <pattern
          id="unmeasured"
          width="7"
          height="7"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path d="M0 0v7" stroke="var(--color-line)" strokeWidth="2" />
        </pattern>
      </defs>
      <CartesianGrid vertical={false} stroke="var(--color-line)" />
      <XAxis
        dataKey="atMs"
        type="number"
        scale="linear"
        domain={[startsAtMs, endsAtMs]}
        ticks={timeTicks(startsAtMs, endsAtMs, 7)}
        tickFormatter={endsAtMs - startsAtMs > DAY_MS ? formatUtcDay : formatUtcClock}
        tick={AXIS}
        tickLine={false}
        axisLine={{ stroke: 'var(--color-edge)' }}
        minTickGap={20}
      />
      <YAxis
        orientation="right"
        width={68}
        domain={[0, ticks.at(-1) ?? 1]}
        allowDataOverflow
        ticks={ticks}
        tickFormatter={tickLabel}
        tick={AXIS}
        tickLine={false}
        axisLine={false}
      />
      {unmeasured !== undefined && (
        <ReferenceArea x1={startsAtMs} x2={unmeasured} fill="url(#unmeasured)" fillOpacity={1} />
      )}
      <Tooltip
        content={(props) => <ChartTooltip {...props} />}
        cursor={{ stroke: 'var(--color-edge)' }}
        isAnimationActive={false}
      />
      <Area
        dataKey="band"
        type="stepAfter"
        stroke="none"
        fill="var(--color-copper)"
        fillOpacity={0.22}
        connectNulls={false}
        isAnimationActive={false}
        activeDot={false}
      />
      <Area
        dataKey="hashesPerSecond"
        type="stepAfter"
        stroke="var(--color-copper)"
        strokeWidth={1.75}
        fill="none"
        connectNulls={false}
        isAnimationActive={false}
        activeDot={{ r: 3.5, fill: 'var(--color-copper)', strokeWidth: 0 }}
      />
      {fromMs !== undefined && toMs !== undefined && (
        <ReferenceArea x1={fromMs} x2={toMs} fill="var(--color-edge)" fillOpacity={0.25} />
      )}
    </AreaChart>
  )
}

/** A round value without the zeros of its three digits: 20 TH/s and not 20.0 TH/s. */
function tickLabel(hashesPerSecond: number): string {
  if (hashesPerSecond === 0) return '0'
  const { value, unit } = hashrateParts(hashesPerSecond)
  return `${value.replace(/\.?0+$/, (zeros) => (zeros.startsWith('.') ? '' : value.includes('.') ? '' : zeros))} ${unit}`
}

function describe(subject: string, chart: Chart, series: readonly SeriesPoint[]): string {
  const summary = summarise(series)
  const title = `${subject} hashrate, ${RANGE_SHAPES[chart.range].name}`
  if (summary === undefined) return `${title}: not measured yet`
  const { lowest, highest, latest } = summary
  return `${title}: ${formatHashrate(latest)} at the end, between ${formatHashrate(lowest)} and ${formatHashrate(highest)}`
}
