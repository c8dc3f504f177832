'use client'

import { useNow } from '../clock/clock'
import { formatDuration, formatUtc } from '../format/time'

/** For how long something has been so, ticking; since when exactly is in the title. */
export function Lasting({ sinceMs }: { readonly sinceMs: number }) {
  const nowMs = useNow()
  return (
    <time
      dateTime={new Date(sinceMs).toISOString()}
      title={`since ${formatUtc(sinceMs)}`}
      className="whitespace-nowrap"
    >
      for {formatDuration(nowMs - sinceMs)}
    </time>
  )
}
