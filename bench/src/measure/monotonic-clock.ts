/** What `performance.now()` lacks to the clock of the machine, ms: each process starts its own at 0. */
const OFFSET_MS = Number(process.hrtime.bigint()) / 1e6 - performance.now()

/** Fractions of a ms on a clock that is never set, and that all processes of the machine share (CLOCK_MONOTONIC). */
export function monotonicMs(): number {
  return performance.now() + OFFSET_MS
}
