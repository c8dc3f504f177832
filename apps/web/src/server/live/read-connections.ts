import { MAX_CONNECTION_EVENTS } from '@headframe/core/live/connection-event'
import { liveKeys } from '@headframe/core/live/live-feed'
import type { Network } from '@headframe/core/chain/network'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { parsed, reading, type LiveReading } from './read-live'

const OF_CONNECTION = { connection: z.string(), atMs: z.number() }
const OPENED = { port: z.number(), connectedAtMs: z.number(), userAgent: z.string() }

const CONNECTION_EVENT = z.discriminatedUnion('what', [
  z.object({ ...OF_CONNECTION, ...OPENED, what: z.literal('authorized'), workerName: z.string() }),
  z.object({ ...OF_CONNECTION, what: z.literal('job'), difficulty: z.number() }),
  z.object({ ...OF_CONNECTION, what: z.literal('share') }),
  z.object({ ...OF_CONNECTION, what: z.literal('reject'), reason: z.string() }),
  z.object({ ...OF_CONNECTION, what: z.literal('left'), reason: z.string() }),
])
const REFUSAL_EVENT = z.discriminatedUnion('what', [
  z.object({
    ...OF_CONNECTION,
    ...OPENED,
    what: z.literal('refused'),
    username: z.string(),
    text: z.string(),
  }),
  z.object({
    ...OF_CONNECTION,
    ...OPENED,
    what: z.literal('left'),
    hasSubscribed: z.boolean(),
    reason: z.string(),
  }),
])
const BAN = z.object({ reason: z.string(), sinceMs: z.number(), untilMs: z.number() })

export type SeenEvent = z.output<typeof CONNECTION_EVENT>
export type SeenRefusal = z.output<typeof REFUSAL_EVENT>

/** What connections of a payout address have done lately, the newest first. */
export function readConnections(
  redis: Redis,
  network: Network,
  address: string,
): Promise<LiveReading<readonly SeenEvent[]>> {
  return readEvents(redis, liveKeys(network).connections(address), CONNECTION_EVENT)
}

/** What became of connections of a peer that had no payout address, the newest first. */
export function readRefusals(
  redis: Redis,
  network: Network,
  peer: string,
): Promise<LiveReading<readonly SeenRefusal[]>> {
  return readEvents(redis, liveKeys(network).refusals(peer), REFUSAL_EVENT)
}

/** Whether the pool lets a peer in; undefined where nobody says otherwise. */
export async function readBan(
  redis: Redis,
  network: Network,
  peer: string,
  nowMs: number,
): Promise<{ readonly reason: string; readonly untilMs: number } | undefined> {
  const read = await reading(async () => {
    const text = await redis.hget(liveKeys(network).bans, peer)
    return text === null ? undefined : parsed(BAN, text)
  })
  return read.known && read.value.untilMs > nowMs
    ? { reason: read.value.reason, untilMs: read.value.untilMs }
    : undefined
}

function readEvents<T>(redis: Redis, key: string, schema: z.ZodType<T>): Promise<LiveReading<readonly T[]>> {
  return reading(async () => {
    const texts = await redis.lrange(key, 0, MAX_CONNECTION_EVENTS - 1)
    return texts.flatMap((text) => parsed(schema, text) ?? [])
  })
}
