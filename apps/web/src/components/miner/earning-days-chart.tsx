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
import { formatSats } from '../../format/money'
import { formatMeanSats } from '../../format/sats'
import { scaleSi } from '../../format/si'
import { formatUtcDay } from '../../format/time'
import { valueTicks } from '../chart/ticks'
import type { DailyState } from './miner-state'
import { earningSources } from './earning-sources'
import { AXIS, MARGIN } from '../chart/axis-style'
import { Tip } from '../chart/tip'

type Day = DailyState['days'][number]

interface Point {
  readonly day: Day
  readonly label: string
  readonly mature: number
  readonly immature: number
  readonly expected: number
}

/** A bar a day, immature money hatched, and a line for what was expected. */
export function EarningDaysChart({ days }: { readonly days: readonly Day[] }) {
  const points = days.map((day) => ({
    day,
    label: formatUtcDay(day.dayMs),
    mature: Number(day.maturedSats),
    immature: Number(day.immatureSats),
    expected: day.expectedSats,
  }))
  return (
    <figure aria-label={`Earnings of the last ${days.length} days, in satoshis`}>
      <div className="h-56">
        <ResponsiveContainer width="100%" height="100%">
          {plot(points)}
        </ResponsiveContainer>
      </div>
      <figcaption className="text-faint pt-1 text-sm">
        Satoshis a UTC day; immature ones hatched. Line: expected of your work.
      </figcaption>
    </figure>
  )
}

function plot(points: Point[]) {
  const ticks = valueTicks(
    Math.max(...points.map(({ mature, immature, expected }) => Math.max(mature + immature, expected))),
  )
  return (
    <ComposedChart data={points} margin={MARGIN} accessibilityLayer={false}>
      <defs>
        <pattern
          id="immature"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="6" height="6" fill="var(--color-ochre-wash)" />
          <path d="M0 0v6" stroke="var(--color-ochre)" strokeWidth="2.5" />
        </pattern>
      </defs>
      <CartesianGrid vertical={false} stroke="var(--color-line)" />
      <XAxis
        dataKey="label"
        tick={AXIS}
        tickLine={false}
        axisLine={{ stroke: 'var(--color-edge)' }}
        minTickGap={24}
      />
      <YAxis
        orientation="right"
        width={56}
        domain={[0, ticks.at(-1) ?? 1]}
        ticks={ticks}
        tickFormatter={(sats: number) => {
          const { value, prefix } = scaleSi(sats)
          return `${value} ${prefix}`
        }}
        tick={AXIS}
        tickLine={false}
        axisLine={false}
      />
      <Tooltip
        content={(props) => <DayTooltip {...props} />}
        cursor={{ fill: 'var(--color-line)', opacity: 0.4 }}
        isAnimationActive={false}
      />
      <Bar
        dataKey="mature"
        stackId="earned"
        fill="var(--color-copper)"
        isAnimationActive={false}
        maxBarSize={28}
      />
      <Bar
        dataKey="immature"
        stackId="earned"
        fill="url(#immature)"
        isAnimationActive={false}
        maxBarSize={28}
      />
      <Line
        dataKey="expected"
        stroke="var(--color-ink)"
        strokeDasharray="4 3"
        dot={points.length < 3}
        isAnimationActive={false}
      />
    </ComposedChart>
  )
}

function DayTooltip({ active, payload }: TooltipContentProps) {
  const point = payload[0]?.payload as Point | undefined
  if (!active || point === undefined) return null
  const { maturedSats, immatureSats, expectedSats } = point.day
  return (
    <Tip when={<>{point.label}, UTC</>}>
      <p className="text-base font-medium">{formatSats(maturedSats + immatureSats)} sats</p>
      <p className="text-quiet">
        {earningSources(point.day)}; expected {formatMeanSats(expectedSats)}
      </p>
    </Tip>
  )
}
