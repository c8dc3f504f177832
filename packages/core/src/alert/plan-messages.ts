import type { ChannelKind } from './channel.js'
import { isQuiet, type QuietHours } from './quiet-hours.js'
import { ALERT_LEVELS, type AlertLevel } from './rules.js'

/** An event that stands in no delivery yet. */
export interface WaitingEvent {
  readonly id: bigint
  readonly rule: string
  readonly level: AlertLevel
  readonly atMs: number
  /** For this channel alone, and at once. */
  readonly channelId: bigint | undefined
  /** A channel that it must not go to: the one that it says is failing. */
  readonly notTo: bigint | undefined
}

export interface OpenChannel {
  readonly id: bigint
  readonly kind: ChannelKind
  readonly isVerified: boolean
  readonly minLevel: AlertLevel
}

export interface OwnerWishes {
  readonly quietHours: QuietHours | undefined
  readonly urgentPasses: boolean
  readonly groupingMs: number
}

export interface PlannedMessage {
  readonly channelId: bigint
  readonly eventIds: readonly bigint[]
}

export interface MessagePlan {
  readonly messages: readonly PlannedMessage[]
  /** Events that wait no longer; those without a channel that wants them go nowhere. */
  readonly plannedIds: readonly bigint[]
}

/** Messages to each channel of an owner within an hour; what comes more often waits, and is told together. */
export const MAX_MESSAGES_AN_HOUR = 20
export const MAX_URGENT_MESSAGES_AN_HOUR = 40

/**
 * Which of an owner's waiting events are told now, and by which messages: all that are told go into one message a
 * channel. `sentLastHour` counts messages to the channel that had most.
 */
export function planMessages(
  waiting: readonly WaitingEvent[],
  channels: readonly OpenChannel[],
  wishes: OwnerWishes,
  sentLastHour: number,
  nowMs: number,
): MessagePlan {
  const directed = waiting.filter(({ channelId }) => channelId !== undefined)
  const common = eventsDue(
    waiting.filter(({ channelId }) => channelId === undefined),
    wishes,
    sentLastHour,
    nowMs,
  )
  const messages = [
    ...directed.flatMap((event) => directedMessage(event, channels)),
    ...channels.flatMap((channel) => commonMessage(common, channel)),
  ]
  return { messages, plannedIds: [...directed, ...common].map(({ id }) => id) }
}

function eventsDue(
  events: readonly WaitingEvent[],
  { quietHours, urgentPasses, groupingMs }: OwnerWishes,
  sentLastHour: number,
  nowMs: number,
): readonly WaitingEvent[] {
  const isQuietNow = quietHours !== undefined && isQuiet(quietHours, nowMs)
  const allowed = isQuietNow ? events.filter(({ level }) => level === 'urgent' && urgentPasses) : events
  const isUrgent = allowed.some(({ level }) => level === 'urgent')
  if (sentLastHour >= (isUrgent ? MAX_URGENT_MESSAGES_AN_HOUR : MAX_MESSAGES_AN_HOUR)) return []
  const isRipe = isUrgent || allowed.some(({ atMs }) => nowMs - atMs >= groupingMs)
  return isRipe ? allowed : []
}

function directedMessage(event: WaitingEvent, channels: readonly OpenChannel[]): PlannedMessage[] {
  const channel = channels.find(({ id }) => id === event.channelId)
  if (channel === undefined || !(channel.isVerified || event.rule === 'verify')) return []
  return [{ channelId: channel.id, eventIds: [event.id] }]
}

function commonMessage(events: readonly WaitingEvent[], channel: OpenChannel): PlannedMessage[] {
  if (!channel.isVerified) return []
  const least = ALERT_LEVELS.indexOf(channel.minLevel)
  const eventIds = events
    .filter(({ level, notTo }) => ALERT_LEVELS.indexOf(level) >= least && notTo !== channel.id)
    .map(({ id }) => id)
  return eventIds.length === 0 ? [] : [{ channelId: channel.id, eventIds }]
}
