'use client'

import { useNow } from '../clock/clock'
import { formatAge, formatUtc } from '../format/time'

/** How long ago something was, ticking; the exact UTC time is in the title. */
export function Age({ atMs }: { readonly atMs: number }) {
  const nowMs = useNow()
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatUtc(atMs)} className="whitespace-nowrap">
      {formatAge(atMs, nowMs)}
    </time>
  )
}
