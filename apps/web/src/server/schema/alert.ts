import { CHANNEL_KINDS, MAX_RELAYS } from '@headframe/core/alert/channel'
import { isTimeZone, MINUTES_A_DAY } from '@headframe/core/alert/quiet-hours'
import { ALERT_LEVELS } from '@headframe/core/alert/rules'
import { z } from 'zod'
import { big, count, listOf, maybe, timeMs } from './values'

const kind = z.enum(CHANNEL_KINDS)
const level = z.enum(ALERT_LEVELS).describe('`urgent` may break into quiet hours.')
const text = (max: number) => z.string().trim().min(1).max(max)
const minute = z
  .number()
  .int()
  .min(0)
  .max(MINUTES_A_DAY - 1)
/** A number of a row, as text. */
const rowId = z.string().regex(/^\d{1,18}$/)

const target = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('email'), address: text(320) }),
  z.object({ kind: z.literal('telegram'), chatId: text(64), token: text(128).optional() }),
  z.object({ kind: z.literal('discord'), url: text(500) }),
  z.object({
    kind: z.literal('ntfy'),
    topic: text(64),
    server: text(500).optional(),
    token: text(200).optional(),
  }),
  z.object({
    kind: z.literal('nostr'),
    key: text(100).describe('npub1... or hex.'),
    relays: z.array(text(500)).max(MAX_RELAYS).default([]),
  }),
  z.object({ kind: z.literal('webhook'), url: text(500) }),
])

export const newChannel = z.object({
  name: text(60).describe('What you call it.'),
  minLevel: level.default('info').describe('What is below it is not sent here.'),
  target,
})
export type NewChannelInput = z.output<typeof newChannel>

export const addedChannel = z.object({
  channelId: big,
  secret: maybe(z.string()).describe(
    'Of a webhook: what its messages are signed with. It is shown this once.',
  ),
})

export const channelId = z.object({ id: rowId.describe('Number of a channel.') })
export const channelChange = channelId.extend({
  name: text(60).describe('What you call it.'),
  minLevel: level.describe('What is below it is not sent here.'),
})
export type ChannelChange = z.output<typeof channelChange>
export const channelCode = channelId.extend({
  code: z
    .string()
    .trim()
    .regex(/^\d{8}$/),
})
export const deliveryId = z.object({ id: rowId.describe('Number of a delivery.') })
export const done = z.object({ done: z.literal(true) })

const quietHours = z
  .object({ fromMinute: minute, untilMinute: minute })
  .nullable()
  .describe('Minutes of the day; null: none.')

export const wishes = z.object({
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, { error: 'takes the name of a time zone, such as Europe/Vienna' }),
  quietHours,
  urgentPasses: z.boolean().describe('Whether what is urgent is told in quiet hours, too.'),
  groupingSeconds: z
    .number()
    .int()
    .min(0)
    .max(3_600)
    .describe('How long a first event waits for others to be told with.'),
})
export type Wishes = z.output<typeof wishes>

export const ruleChoice = z.object({
  rule: z.string().max(40),
  isOn: z.boolean(),
  parameters: z.record(z.string().max(20), z.number()).default({}),
})
export type RuleChoiceInput = z.output<typeof ruleChoice>

export const alertOverview = z.object({
  wishes: z.object({
    timeZone: z.string(),
    quietHours,
    urgentPasses: z.boolean(),
    groupingSeconds: z.number(),
  }),
  offers: z
    .object({ kinds: listOf(kind), hasTelegramBot: z.boolean(), nostrKey: z.string() })
    .nullable()
    .describe('What the pool can send by; null while it has not been started.'),
  channels: listOf(
    z.object({
      id: big,
      kind,
      name: z.string(),
      hint: z.string().describe('Where it leads, as far as that is shown.'),
      minLevel: level,
      isVerified: z.boolean(),
      failures: count.describe('Failed tries in a row.'),
      createdAtMs: timeMs,
    }),
  ),
  rules: listOf(
    z.object({
      rule: z.string(),
      title: z.string(),
      explanation: z.string(),
      level,
      isOn: z.boolean(),
      parameters: listOf(
        z.object({
          name: z.string(),
          label: z.string(),
          unit: z.string(),
          value: z.number(),
          min: z.number(),
          max: z.number(),
        }),
      ),
    }),
  ),
})

export const deliveryPage = z.object({
  cursor: rowId.nullish(),
  limit: z.number().int().min(1).max(100).default(20),
})
export type DeliveryPage = z.output<typeof deliveryPage>
export const deliveries = z.object({
  deliveries: listOf(
    z.object({
      id: big,
      channelName: z.string(),
      kind,
      state: z.enum(['waiting', 'sent', 'dead']),
      createdAtMs: timeMs,
      attempts: count,
      nextTryAtMs: maybe(timeMs),
      sentAtMs: maybe(timeMs),
      answer: maybe(z.string()).describe('What the peer, or the way to it, said last.'),
      events: listOf(
        z.object({ rule: z.string(), level, atMs: timeMs, title: z.string(), text: z.string() }),
      ),
    }),
  ),
  nextCursor: maybe(z.string()),
})
