/** Shares that a rate is worked out of at least. */
const MIN_SHARES = 12
/** A worker that has sent `MIN_SHARES` is silent for as many expected shares by chance once in a million (e^-14). */
const EXPECTED_IN_SILENCE = 14
const HOUR_MS = 3_600_000

export interface WorkerFacts {
  readonly lastShareAtMs: number
  /** Of the last day in which he mined: hours with shares, and how many shares they had. */
  readonly hours: number
  readonly shares: number
}

/** How long this worker must be silent before it is down: what its owner wants, or longer where chance needs longer. */
export function silenceOfDown({ hours, shares }: WorkerFacts, minutes: number): number {
  if (shares < MIN_SHARES || hours === 0) return Infinity
  // What it may really be, if these came by luck.
  const surely = (shares - 2 * Math.sqrt(shares)) / (hours * HOUR_MS)
  return Math.max(minutes * 60_000, EXPECTED_IN_SILENCE / surely)
}

/** Down, up, or in between. */
export function judgeWorker(facts: WorkerFacts, minutes: number, nowMs: number): 'bad' | 'good' | 'held' {
  const silentMs = nowMs - facts.lastShareAtMs
  if (silentMs >= silenceOfDown(facts, minutes)) return 'bad'
  return silentMs < minutes * 60_000 ? 'good' : 'held'
}
