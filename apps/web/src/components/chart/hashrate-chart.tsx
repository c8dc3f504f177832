'use client'

import clsx from 'clsx'
import {
  Area,
  AreaChart,
  CartesianGrid,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { formatHashrate, hashrateParts } from '../../format/hashrate'
import { formatUtcClock, formatUtcDay } from '../../format/time'
import { RANGE_SHAPES } from '../../measure/range'
import type { HashrateChart as Chart } from '../../server/chart'
import { ChartTable } from './chart-table'
import { ChartTooltip } from './chart-tooltip'
import { seriesOf, summarise, unmeasuredUntilMs, type SeriesPoint } from './series'
import { timeTicks, valueTicks } from './ticks'

const DAY_MS = 86_400_000
const AXIS = { fill: 'var(--color-faint)', fontSize: 12 }

interface HashrateChartProps {
  /** Whose hashrate: "Pool", "Worker rig-1". */
  readonly subject: string
  readonly chart: Chart
  /** The chart of a page, and not one inside a list. */
  readonly isMain?: boolean
  /** All shares are those of one machine. */
  readonly isOneMachine?: boolean
}

/** Hashrate over time as steps, one a bucket: within a bucket only the average is known, so nothing is smoothed. */
export function HashrateChart({ subject, chart, isMain = false, isOneMachine = false }: HashrateChartProps) {
  const series = seriesOf(chart.points, chart.bucketMs)
  return (
    <figure aria-label={describe(subject, chart, series)} className="min-w-0">
      <div className={clsx('h-56', isMain ? 'sm:h-64 lg:h-[21.5rem]' : 'sm:h-56')}>
        <ResponsiveContainer width="100%" height="100%">
          {plot(series, isOneMachine)}
        </ResponsiveContainer>
      </div>
      <div className="relative">
        {unmeasuredUntilMs(series) !== undefined && (
          <p className="text-faint pt-2 text-sm sm:absolute sm:top-2 sm:right-0 sm:pt-0">
            Hatched: not measured yet
          </p>
        )}
        <ChartTable subject={subject} series={series} />
      </div>
    </figure>
  )
}

function plot(series: SeriesPoint[], isOneMachine: boolean) {
  const startsAtMs = series[0]?.atMs ?? 0
  const endsAtMs = series.at(-1)?.atMs ?? 1
  const ticks = valueTicks(summarise(series)?.highest ?? 0)
  const unmeasured = unmeasuredUntilMs(series)
  return (
    <AreaChart data={series} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} accessibilityLayer={false}>
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
        content={(props) => <ChartTooltip {...props} isOneMachine={isOneMachine} />}
        cursor={{ stroke: 'var(--color-edge)' }}
        isAnimationActive={false}
      />
      <Area
        dataKey="hashesPerSecond"
        type="stepAfter"
        stroke="var(--color-copper)"
        strokeWidth={1.75}
        fill="var(--color-copper-wash)"
        fillOpacity={0.75}
        connectNulls={false}
        isAnimationActive={false}
        activeDot={{ r: 3.5, fill: 'var(--color-copper)', strokeWidth: 0 }}
      />
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
