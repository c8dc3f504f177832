'use client'

import { useState } from 'react'
import { useNow } from '../../clock/clock'
import { formatAge, formatUtcClock } from '../../format/time'
import { useLiveState } from '../../live/live-provider'

/** Streams break for a moment when a phone changes networks; only more than that is worth a banner. */
const PATIENCE_MS = 6_000

/** Says that what stands on the page is old. Fixed to the bottom, so that nothing moves when it comes. */
export function LostConnection() {
  const isBroken = useLiveState() === 'broken'
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-0 z-20 flex justify-center p-3">
      {isBroken && <Lost />}
    </div>
  )
}

/** Lives as long as the connection is lost. */
function Lost() {
  const nowMs = useNow()
  const [lostAtMs] = useState(nowMs)
  if (nowMs - lostAtMs < PATIENCE_MS) return null
  return (
    <p className="border-oxide/60 bg-oxide-wash text-ink shadow-lift rounded border px-4 py-2 text-sm">
      Connection to the pool lost {formatAge(lostAtMs, nowMs)}. What you see is from{' '}
      {formatUtcClock(lostAtMs)} UTC.
    </p>
  )
}
