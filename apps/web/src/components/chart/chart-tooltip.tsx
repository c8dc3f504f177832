import type { TooltipContentProps } from 'recharts'
import { formatUtcClock, formatUtcDay } from '../../format/time'
import { bandOf, basisOf, HashrateValue } from '../hashrate-value'
import type { SeriesPoint } from './series'
import { Tip } from './tip'

/** What a bucket holds, and what that rests on. */
export function ChartTooltip({ active, payload }: TooltipContentProps) {
  const corner = payload[0]?.payload as SeriesPoint | undefined
  if (!active || corner === undefined) return null
  const { point } = corner
  return (
    <Tip
      when={
        <>
          {formatUtcDay(point.startsAtMs)}, {formatUtcClock(point.startsAtMs)}–
          {formatUtcClock(point.endsAtMs)} UTC
        </>
      }
    >
      <p className="text-base font-medium">
        <HashrateValue hashrate={point.hashrate} />
      </p>
      <p className="text-quiet">{basisOf(point.hashrate)}</p>
      <p className="text-quiet">{bandOf(point.hashrate)}</p>
    </Tip>
  )
}
