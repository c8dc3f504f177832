import type { Part, PartFinding, PartState } from './part.js'

/** How long something is wrong before it is an incident: a process that restarts is none. */
export const INCIDENT_HOLD_MS = 30_000

/** What is remembered of a part. */
export interface PartRecord extends PartFinding {
  /** Since when it has been in this state, as far as anybody looked. */
  readonly sinceMs: number
  /** Whether an incident is open. */
  readonly hasIncident: boolean
}

export interface OpenedIncident {
  readonly part: Part
  readonly kind: Exclude<PartState, 'up'>
  readonly text: string
  readonly atMs: number
}

export interface ClosedIncident {
  readonly part: Part
  /** How it ended, in words. */
  readonly ended: string
  readonly atMs: number
}

export interface Followed {
  readonly records: readonly PartRecord[]
  /** To be applied before what was opened: a part has one incident at most. */
  readonly closed: readonly ClosedIncident[]
  readonly opened: readonly OpenedIncident[]
}

/**
 * What to remember, and which incidents begin and end, from what was remembered and what was found now. `wasWatched`:
 * somebody has looked all along since then. The same look twice changes nothing.
 */
export function followParts(
  before: readonly PartRecord[],
  findings: readonly PartFinding[],
  { nowMs, wasWatched }: { readonly nowMs: number; readonly wasWatched: boolean },
): Followed {
  const known = new Map(before.map((record) => [record.part, record]))
  const records: PartRecord[] = []
  const opened: OpenedIncident[] = []
  const closed: ClosedIncident[] = []
  for (const finding of findings) {
    const was = known.get(finding.part)
    known.delete(finding.part)
    const isSame = was?.state === finding.state
    if (was?.hasIncident === true && !isSame)
      closed.push({ part: was.part, ended: endOf(was.state, finding, wasWatched), atMs: nowMs })
    // Nobody knows whether it was well while nobody looked.
    const isUnbroken = isSame && (wasWatched || finding.state !== 'up')
    const sinceMs = isUnbroken ? was.sinceMs : nowMs
    const wasOpen = isSame && was.hasIncident
    const { part, state, text } = finding
    const isDue = state !== 'up' && !wasOpen && nowMs - sinceMs >= INCIDENT_HOLD_MS
    if (isDue) opened.push({ part, kind: state, text, atMs: sinceMs })
    records.push({ ...finding, sinceMs, hasIncident: wasOpen || isDue })
  }
  // A part that the pool does not have any more.
  for (const { part, hasIncident } of known.values())
    if (hasIncident) closed.push({ part, ended: 'the pool does without it now', atMs: nowMs })
  return { records, closed, opened }
}

/** Of the worse one first. */
const BADNESS: Readonly<Record<PartState, number>> = { down: 3, degraded: 2, unknown: 1, up: 0 }

function endOf(was: PartState, { state, text }: PartFinding, wasWatched: boolean): string {
  if (state === 'up') return wasWatched ? 'all is well again' : 'well when somebody looked again'
  if (state === 'unknown') return text
  if (was === 'unknown') return `found to be ${state}: ${text}`
  return BADNESS[state] > BADNESS[was] ? `it got worse: ${text}` : `it got better: ${text}`
}
