import type { LiveKeys } from '@headframe/core/live/live-feed'
import {
  ANSWER_EXPIRES_MS,
  MAX_SESSIONS_PER_ANSWER,
  SESSION_ORDERS,
  type SessionAnswer,
  type SessionQuestion,
} from '@headframe/core/live/session-question'
import type { Redis } from 'ioredis'
import { z } from 'zod'

const ID = z.string().regex(/^[\w-]{1,64}$/)
const QUESTION = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('look'),
    id: ID,
    search: z.string().max(200),
    address: z.string().max(200).optional(),
    port: z.number().int().optional(),
    order: z.enum(SESSION_ORDERS),
    after: z.object({ rank: z.number(), connection: z.string().max(200) }).optional(),
    limit: z.number().int().min(0).max(MAX_SESSIONS_PER_ANSWER),
  }),
  z.object({ kind: z.enum(['find', 'cut']), id: ID, connection: z.string().max(200) }),
])

/** Questions that are answered in a second; those beyond it get no answer. A look at all sessions keeps miners waiting. */
export const MAX_QUESTIONS_PER_SECOND = 20

export interface QuestionLineOptions {
  readonly writerId: string
  readonly keys: Pick<LiveKeys, 'questions' | 'answers'>
}

export interface QuestionLineModules {
  /** One that does nothing but listen. */
  readonly subscriber: Redis
  /** What answers go by. */
  readonly redis: Redis
  readonly monotonicMs: () => number
  readonly answer: (question: SessionQuestion) => Omit<SessionAnswer, 'writerId'>
}

/** Hears what the console asks, and puts the answers where it looks for them. All of it may be lost. */
export class QuestionLine {
  readonly #options: QuestionLineOptions
  readonly #modules: QuestionLineModules
  #secondStartsAtMs = 0
  #count = 0

  constructor(options: QuestionLineOptions, modules: QuestionLineModules) {
    this.#options = options
    this.#modules = modules
  }

  start(): void {
    const { subscriber } = this.#modules
    const { questions } = this.#options.keys
    subscriber.on('message', (_channel, text: string) => void this.#hear(text))
    const listen = (): void => void subscriber.subscribe(questions).catch(() => undefined)
    // ioredis subscribes again by itself when it was away; the first time it may not be there yet.
    if (subscriber.status === 'ready') listen()
    else subscriber.once('ready', listen)
  }

  async #hear(text: string): Promise<void> {
    const question = parseQuestion(text)
    if (question === undefined || !this.#hasRoom()) return
    const { redis, answer } = this.#modules
    const { writerId, keys } = this.#options
    const told: SessionAnswer = { writerId, ...answer(question) }
    const key = keys.answers(question.id)
    await redis
      .multi()
      .rpush(key, JSON.stringify(told))
      .pexpire(key, ANSWER_EXPIRES_MS)
      .exec()
      .catch(() => undefined)
  }

  #hasRoom(): boolean {
    const nowMs = this.#modules.monotonicMs()
    if (nowMs - this.#secondStartsAtMs >= 1_000) {
      this.#secondStartsAtMs = nowMs
      this.#count = 0
    }
    return this.#count++ < MAX_QUESTIONS_PER_SECOND
  }
}

function parseQuestion(text: string): SessionQuestion | undefined {
  try {
    return QUESTION.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
