import clsx from 'clsx'
import { formatDuration, formatUtcDay } from '../../format/time'
import type { PartDay } from './parts-state'

/** Below this much of a day trouble is not seen in a bar of a few pixels. */
const SEEN_MS = 60_000

/** A bar a day, the newest on the right. What each day was stands in its title; the whole is named for a screen reader. */
export function UptimeBars({ days, name }: { readonly days: readonly PartDay[]; readonly name: string }) {
  return (
    <div role="img" aria-label={`${name}: ${summaryOf(days)}`} className="flex h-7 items-stretch gap-px">
      {days.map((day) => (
        <span
          key={day.dayMs}
          title={`${formatUtcDay(day.dayMs)}: ${textOf(day)}`}
          className={clsx('min-w-0 flex-1', colourOf(day))}
        />
      ))}
    </div>
  )
}

/** The worst of the day, if it was long enough to be worth a colour. */
function colourOf({ downMs, degradedMs, wellMs }: PartDay): string {
  if (downMs >= SEEN_MS) return 'bg-oxide'
  if (degradedMs >= SEEN_MS) return 'bg-ochre'
  return wellMs > 0 ? 'bg-copper' : 'bg-line'
}

export function textOf({ wellMs, degradedMs, downMs, unknownMs }: PartDay): string {
  const said = [
    downMs > 0 && `down ${formatDuration(downMs)}`,
    degradedMs > 0 && `working in part ${formatDuration(degradedMs)}`,
    wellMs > 0 && `well ${formatDuration(wellMs)}`,
    unknownMs > 0 && `not known ${formatDuration(unknownMs)}`,
  ].filter((text) => text !== false)
  return said.join(', ')
}

function summaryOf(days: readonly PartDay[]): string {
  const total = days.reduce((sum, day) => ({
    dayMs: sum.dayMs,
    wellMs: sum.wellMs + day.wellMs,
    degradedMs: sum.degradedMs + day.degradedMs,
    downMs: sum.downMs + day.downMs,
    unknownMs: sum.unknownMs + day.unknownMs,
  }))
  return `in the last ${days.length} days ${textOf(total)}`
}
