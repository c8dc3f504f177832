import type { AlertEvent, AlertFacts, AlertRuleName, RaisedAlert } from './event.js'
import type { AlertLevel } from './rules.js'

/**
 * Whether something is so, of one subject. `unknown`: nobody can tell now, and what was so before still counts. `held`:
 * not bad enough to begin, too bad to end.
 */
export interface Condition {
  readonly subject: string
  readonly state: 'bad' | 'good' | 'unknown' | 'held'
  /** When it became so, where the source knows; otherwise it counts from the first look. */
  readonly sinceMs?: number | undefined
  /** Of the message; what it began with is told again when it ends. */
  readonly facts: AlertFacts
}

export interface WatchOptions {
  readonly rule: AlertRuleName
  readonly level: AlertLevel
  /** It must have been so for as long before it is told. */
  readonly holdMs: number
  /** Whether its end is told, too. */
  readonly tellsEnd: boolean
}

export interface Watched {
  readonly raised: readonly RaisedAlert[]
  readonly events: readonly AlertEvent[]
}

/**
 * What to remember and what to tell, from what was remembered and how it is now. A subject that is not mentioned any more
 * has ended. The same look twice makes the same events under the same keys.
 */
export function watchConditions(
  { rule, level, holdMs, tellsEnd }: WatchOptions,
  before: readonly RaisedAlert[],
  now: readonly Condition[],
  nowMs: number,
): Watched {
  const known = new Map(before.map((alert) => [alert.subject, alert]))
  const raised: RaisedAlert[] = []
  const events: AlertEvent[] = []
  const keyOf = (what: string, alert: RaisedAlert): string =>
    `${rule}:${what}:${alert.subject}:${alert.sinceMs}`
  for (const condition of now) {
    const { subject, state, facts } = condition
    const was = known.get(subject)
    if (was === undefined && state !== 'bad') continue
    if (was !== undefined && state === 'good') continue
    known.delete(subject)
    const alert = was ?? { subject, sinceMs: condition.sinceMs ?? nowMs, isTold: false, facts }
    const isDue = !alert.isTold && state === 'bad' && nowMs - alert.sinceMs >= holdMs
    if (isDue) {
      const about = { ...facts, subject, sinceMs: alert.sinceMs }
      events.push({ rule, key: keyOf('began', alert), level, atMs: nowMs, what: 'began', facts: about })
    }
    raised.push(isDue ? { ...alert, isTold: true, facts } : alert)
  }
  const latest = new Map(now.map((condition) => [condition.subject, condition.facts]))
  for (const alert of known.values()) {
    if (!alert.isTold || !tellsEnd) continue
    const facts = {
      ...alert.facts,
      ...latest.get(alert.subject),
      subject: alert.subject,
      sinceMs: alert.sinceMs,
    }
    events.push({ rule, key: keyOf('ended', alert), level: 'info', atMs: nowMs, what: 'ended', facts })
  }
  return { raised, events }
}
