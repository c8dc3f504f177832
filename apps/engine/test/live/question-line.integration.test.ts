import type { SessionAnswer, SessionQuestion } from '@headframe/core/live/session-question'
import { testRedisPrefix, testServices } from '@headframe/local/testing/services'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MAX_QUESTIONS_PER_SECOND, QuestionLine } from '../../src/live/question-line.js'
import { connectDroppableRedis } from '../../src/live/redis.js'
import { until } from '../until.js'

const prefix = testRedisPrefix()
const KEYS = { questions: `${prefix}questions`, answers: (id: string) => `${prefix}answers:${id}` }
const LOOK = { kind: 'look', search: 'x', order: 'newest', limit: 5 } as const

let redis: Redis
const closers: Redis[] = []
beforeAll(() => {
  redis = new Redis(testServices().redisUrl)
})
afterAll(() => {
  for (const each of [redis, ...closers]) each.disconnect()
})

/** A stratum process that hears questions, with a clock of its own. */
async function openLine(writerId: string) {
  const log = pino({ level: 'silent' })
  const [subscriber, answers] = [0, 1].map(() => connectDroppableRedis(testServices().redisUrl, log))
  closers.push(subscriber!, answers!)
  const asked: SessionQuestion[] = []
  const clock = { nowMs: 5_000 }
  new QuestionLine(
    { writerId, keys: KEYS },
    {
      subscriber: subscriber!,
      redis: answers!,
      monotonicMs: () => clock.nowMs,
      answer(question) {
        asked.push(question)
        return { total: 3, matching: 1, sessions: [] }
      },
    },
  ).start()
  await until(async () => answers!.status === 'ready' && (await isSubscribed(closers.length / 2)))
  /** When it answers, it has heard all that was asked before. */
  return { asked, clock, heard: () => subscriber!.ping() }
}

async function isSubscribed(count: number): Promise<boolean> {
  const [, subscribers] = (await redis.pubsub('NUMSUB', KEYS.questions)) as [string, number]
  return subscribers === count
}

const ask = (question: unknown) => redis.publish(KEYS.questions, JSON.stringify(question))
const answersTo = async (id: string) =>
  (await redis.lrange(KEYS.answers(id), 0, -1)).map((text) => JSON.parse(text) as SessionAnswer)

describe('a question', () => {
  it('is answered by every process once, and no more often than they bear', async () => {
    const [one, two] = [await openLine('s00'), await openLine('s01')]
    expect(await ask({ ...LOOK, id: 'first' })).toBe(2)
    await until(async () => (await answersTo('first')).length === 2)
    expect((await answersTo('first')).sort((a, b) => (a.writerId < b.writerId ? -1 : 1))).toEqual([
      { writerId: 's00', total: 3, matching: 1, sessions: [] },
      { writerId: 's01', total: 3, matching: 1, sessions: [] },
    ])
    expect(await redis.pttl(KEYS.answers('first'))).toBeGreaterThan(0)

    // What is no question is not heard: among them one that would be a look at everything at once.
    for (const wrong of ['', { kind: 'look' }, { ...LOOK, id: '*' }, { ...LOOK, id: 'many', limit: 1e6 }])
      await ask(wrong)
    await ask({ kind: 'cut', id: 'then', connection: 'c' })
    await until(async () => (await answersTo('then')).length === 2)
    expect(one.asked.map(({ id }) => id)).toEqual(['first', 'then'])

    for (let flood = 0; flood < 2 * MAX_QUESTIONS_PER_SECOND; flood++) await ask({ ...LOOK, id: 'flood' })
    await one.heard()
    one.clock.nowMs += 1_000
    await ask({ ...LOOK, id: 'later' })
    await until(async () => (await answersTo('later')).length === 1)
    expect(two.asked).toHaveLength(MAX_QUESTIONS_PER_SECOND)
    expect(one.asked).toHaveLength(MAX_QUESTIONS_PER_SECOND + 1)
  })
})
