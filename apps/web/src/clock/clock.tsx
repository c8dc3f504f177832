'use client'

import { createContext, useContext, useState, useSyncExternalStore, type ReactNode } from 'react'

const TICK_MS = 1000

interface Clock {
  /** Of the server, when it rendered this page: what hydration must see again. */
  readonly renderedAtMs: number
  readonly subscribe: (onTick: () => void) => () => void
  readonly nowMs: () => number
}

const ClockContext = createContext<Clock | undefined>(undefined)

/**
 * One ticking clock for every age on the page, set to the server's time: a phone whose clock is wrong still shows
 * right ages.
 */
export function ClockProvider({ renderedAtMs, children }: { renderedAtMs: number; children: ReactNode }) {
  const [clock] = useState(() => createClock(renderedAtMs))
  return <ClockContext value={clock}>{children}</ClockContext>
}

/** Server time, ms since the epoch; the component renders again every second. */
export function useNow(): number {
  const clock = useContext(ClockContext)
  if (clock === undefined) throw new Error('useNow needs a ClockProvider above it')
  return useSyncExternalStore(clock.subscribe, clock.nowMs, () => clock.renderedAtMs)
}

function createClock(renderedAtMs: number): Clock {
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setInterval> | undefined
  let offsetMs: number | undefined
  let nowMs = renderedAtMs

  function tick(): void {
    offsetMs ??= renderedAtMs - arrivedAtMs()
    nowMs = Date.now() + offsetMs
    for (const listener of listeners) listener()
  }
  function subscribe(onTick: () => void): () => void {
    listeners.add(onTick)
    timer ??= setInterval(tick, TICK_MS)
    return () => {
      listeners.delete(onTick)
      if (listeners.size > 0) return
      clearInterval(timer)
      timer = undefined
    }
  }
  return { renderedAtMs, subscribe, nowMs: () => nowMs }
}

/** When the page's first byte arrived, by the browser's clock: the moment that `renderedAtMs` is compared with. */
function arrivedAtMs(): number {
  const [navigation] = performance.getEntriesByType('navigation')
  const sinceOriginMs = navigation instanceof PerformanceNavigationTiming ? navigation.responseStart : 0
  return performance.timeOrigin + sinceOriginMs
}
