'use client'

import { useNow } from '../../../clock/clock'
import { formatDuration, formatUtc } from '../../../format/time'

/** How long until something is due, ticking; the exact UTC time is in the title. */
export function Ahead({ atMs }: { readonly atMs: number }) {
  const nowMs = useNow()
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatUtc(atMs)} className="whitespace-nowrap">
      {atMs - nowMs < 1_000 ? 'now' : `in ${formatDuration(atMs - nowMs)}`}
    </time>
  )
}
