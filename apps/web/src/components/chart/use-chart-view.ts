'use client'

import { useState } from 'react'
import { queryOfView, type ChartView } from '../../measure/chart-view'

/** The view of a page's chart, and how to change it: the address follows, so that it can be handed on. */
export function useChartView(first: ChartView): readonly [ChartView, (view: ChartView) => void] {
  const [view, setView] = useState(first)
  function show(next: ChartView): void {
    setView(next)
    window.history.replaceState(null, '', queryOfView(next))
  }
  return [view, show]
}
