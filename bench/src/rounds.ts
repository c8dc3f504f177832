import { percentile } from './percentile.js'
import type { Row } from './report.js'

/** A row of one figure that was measured several times. Throws when there are no samples. */
export function rowOfRounds(row: Omit<Row, 'median' | 'best' | 'worst'>, samples: readonly number[]): Row {
  const lowest = Math.min(...samples)
  const highest = Math.max(...samples)
  const [best, worst] = row.isMoreBetter === true ? [highest, lowest] : [lowest, highest]
  return { ...row, median: percentile(samples, 50), best, worst }
}

/** The event-loop delay of the stratum processes during a benchmark, against the goal that holds for all of them. */
export function eventLoopRow(during: string, delayP99Ms: number | null): Row {
  return {
    what: `event-loop delay p99, ${during}`,
    unit: 'ms',
    median: delayP99Ms,
    goal: { atMost: MAX_EVENT_LOOP_DELAY_P99_MS },
  }
}

const MAX_EVENT_LOOP_DELAY_P99_MS = 20
