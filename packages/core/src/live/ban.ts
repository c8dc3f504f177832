import { readPeerName } from '../net/peer-name.js'
import type { LiveBan } from './live-feed.js'

/** How long a ban that is over makes the next one longer. */
export const REMEMBERED_FOR_MS = 24 * 3_600_000
/** Each ban in a row is twice as long as the one before, up to this many doublings. */
const MAX_DOUBLINGS = 6
const MAX_REASON_LENGTH = 200
/** So long at most an operator bans somebody: a year. */
export const MAX_BAN_MINUTES = 525_600

/** The entry that stands in Redis under `field`, or undefined when it is none. */
export function readBan(field: string, text: string): LiveBan | undefined {
  try {
    const entry = JSON.parse(text) as Partial<LiveBan> | null
    return isBan(entry) && entry.address === field && readPeerName(field) === field
      ? shortened(entry)
      : undefined
  } catch {
    return undefined
  }
}

function isBan(entry: Partial<LiveBan> | null): entry is LiveBan {
  if (entry === null || typeof entry !== 'object') return false
  const { address, reason, sinceMs, untilMs, offences, by } = entry
  const areTexts = [address, reason, by].every((text) => typeof text === 'string')
  return (
    areTexts &&
    Number.isFinite(sinceMs) &&
    Number.isFinite(untilMs) &&
    Number.isInteger(offences) &&
    offences! >= 0
  )
}

/** With no field that is not one of a ban. */
function shortened({ address, reason, sinceMs, untilMs, offences, by }: LiveBan): LiveBan {
  return { address, reason: reason.slice(0, MAX_REASON_LENGTH), sinceMs, untilMs, offences, by }
}

/**
 * Which of two entries for one address holds: the later; of two at once the one that ends sooner. All processes must
 * choose alike, also between entries that differ in nothing that matters.
 */
export function isLater(ban: LiveBan, other: LiveBan): boolean {
  if (ban.sinceMs !== other.sinceMs) return ban.sinceMs > other.sinceMs
  if (ban.untilMs !== other.untilMs) return ban.untilMs < other.untilMs
  return textOfBan(ban) > textOfBan(other)
}

/** As it stands in Redis; the same for the same entry, whoever writes it. */
export function textOfBan({ address, reason, sinceMs, untilMs, offences, by }: LiveBan): string {
  return JSON.stringify({ address, reason, sinceMs, untilMs, offences, by })
}

/** Never so for the entry that lifts a ban, whatever the clock here says. */
export function isInForce(ban: LiveBan, nowMs: number): boolean {
  return ban.untilMs > nowMs && ban.untilMs > ban.sinceMs
}

/** Whether an entry has no effect any more, not even on the length of the next ban. */
export function isForgotten(ban: LiveBan, nowMs: number): boolean {
  return ban.untilMs + REMEMBERED_FOR_MS <= nowMs
}

export interface Decision {
  readonly address: string
  readonly reason: string
  readonly by: string
  readonly nowMs: number
  /** The entry that is there. */
  readonly previous: LiveBan | undefined
}

/** A ban of `firstBanMs`, or longer after others. */
export function nextBan(decision: Decision, firstBanMs: number): LiveBan {
  const { previous, nowMs } = decision
  const isRepeated = previous !== undefined && !isForgotten(previous, nowMs)
  const offences = isRepeated ? previous.offences + 1 : 1
  return entry(decision, firstBanMs * 2 ** Math.min(offences - 1, MAX_DOUBLINGS), offences)
}

/** A ban of exactly `durationMs`, as an operator asks for. */
export function fixedBan(decision: Decision, durationMs: number): LiveBan {
  return entry(decision, durationMs, 1)
}

/** The end of a ban. */
export function liftedBan(decision: Decision): LiveBan {
  return entry(decision, 0, 0)
}

/** Later than what was there, whatever the clocks of two machines say. */
function entry(decision: Decision, durationMs: number, offences: number): LiveBan {
  const { address, by, previous } = decision
  const sinceMs = Math.max(decision.nowMs, (previous?.sinceMs ?? -1) + 1)
  const reason = decision.reason.slice(0, MAX_REASON_LENGTH)
  return { address, reason, sinceMs, untilMs: sinceMs + durationMs, offences, by }
}
