import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Network } from '@headframe/core/chain/network'
import { liveKeys } from '@headframe/core/live/live-feed'
import type { SessionQuestion } from '@headframe/core/live/session-question'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { liveSession } from '../schema/session'
import { parsed } from './read-live'

/** A process that has not answered by then is busy, or has just gone. */
const ANSWER_TIMEOUT_MS = 1_500
const LOOK_INTERVAL_MS = 15

const ANSWER = z.object({
  writerId: z.string(),
  total: z.number(),
  matching: z.number(),
  sessions: z.array(liveSession.omit({ writerId: true })),
  isCut: z.boolean().optional(),
})
export type SessionAnswer = z.output<typeof ANSWER>

/** What the stratum processes say; undefined when none hears, or Redis is away. */
export interface Answers {
  /** How many have heard the question. */
  readonly asked: number
  readonly answers: readonly SessionAnswer[]
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never

/** Puts a question to all stratum processes, and waits for their answers, but not long. */
export async function askSessions(
  redis: Redis,
  network: Network,
  question: WithoutId<SessionQuestion>,
): Promise<Answers | undefined> {
  const keys = liveKeys(network)
  const id = randomUUID()
  try {
    const asked = await redis.publish(keys.questions, JSON.stringify({ ...question, id }))
    if (asked === 0) return undefined
    return { asked, answers: await collect(redis, keys.answers(id), asked) }
  } catch {
    return undefined
  }
}

async function collect(redis: Redis, key: string, wanted: number): Promise<SessionAnswer[]> {
  const untilMs = performance.now() + ANSWER_TIMEOUT_MS
  for (;;) {
    const texts = await redis.lrange(key, 0, wanted - 1)
    if (texts.length === wanted || performance.now() > untilMs)
      return texts.flatMap((text) => parsed(ANSWER, text) ?? [])
    await sleep(LOOK_INTERVAL_MS)
  }
}
