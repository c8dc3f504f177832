'use client'

import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import { TOPICS } from '../server/live/topic'
import { followLive } from './follow-live'
import { belongsTo, RefreshSchedule, type Group } from './refresh-schedule'

/**
 * - `joining`: the page has just opened and the stream is on its way;
 * - `live`: changes arrive as they happen;
 * - `polling`: the stream stands, but the server does not hear the engine: the page asks by the clock;
 * - `broken`: no stream; the page asks by the clock and tries to connect again.
 */
export type LiveState = 'joining' | 'live' | 'polling' | 'broken'

const TICK_MS = 500
/** Everything is asked again this often even when nothing is said to have changed. */
const NET_MS = 60_000
const POLL_MS = 15_000

const LiveContext = createContext<LiveState>('joining')

/** Keeps every query on the page up to date, and knows whether it can. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const queryClient = useQueryClient()
  const [schedule] = useState(() => new RefreshSchedule(Date.now))
  const state = useLiveStream(schedule)
  useScheduledRefresh(queryClient, schedule)
  useRefreshByTheClock(queryClient, state === 'live' ? NET_MS : POLL_MS)
  return <LiveContext value={state}>{children}</LiveContext>
}

export function useLiveState(): LiveState {
  return useContext(LiveContext)
}

function useLiveStream(schedule: RefreshSchedule): LiveState {
  const [state, setState] = useState<LiveState>('joining')
  useEffect(
    () =>
      followLive({
        // What changed between the page's first answers and now was told to nobody.
        onOpen: () => TOPICS.forEach((topic) => schedule.note(topic)),
        onNews: ({ topics, feed }) => {
          setState(feed === 'live' ? 'live' : 'polling')
          for (const topic of topics) schedule.note(topic)
        },
        onBroken: () => setState('broken'),
      }),
    [schedule],
  )
  return state
}

function useScheduledRefresh(queryClient: QueryClient, schedule: RefreshSchedule): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'hidden') return
      for (const group of schedule.takeDue()) refresh(queryClient, group)
    }, TICK_MS)
    return () => clearInterval(timer)
  }, [queryClient, schedule])
}

function useRefreshByTheClock(queryClient: QueryClient, intervalMs: number): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void queryClient.invalidateQueries()
    }, intervalMs)
    return () => clearInterval(timer)
  }, [queryClient, intervalMs])
}

/** tRPC's query keys begin with the path of the procedure. */
function refresh(queryClient: QueryClient, group: Group): void {
  void queryClient.invalidateQueries({
    predicate: ({ queryKey: [path] }) => Array.isArray(path) && belongsTo(path.join('.'), group),
  })
}
