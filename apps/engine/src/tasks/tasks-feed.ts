import type { LiveKeys } from '@headframe/core/live/live-feed'
import {
  TASK_WISH_VOID_AFTER_MS,
  type LiveTask,
  type LiveTasks,
  type TaskWish,
} from '@headframe/core/live/live-system'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { Log } from '../log.js'

export interface TasksFeedModules {
  /** Fails at once while Redis is away. */
  readonly redis: Redis
  readonly keys: Pick<LiveKeys, 'tasks' | 'taskWishes'>
  /** All tasks and queues as they stand. May wait for a Redis that is away. */
  readonly describe: () => Promise<readonly LiveTask[]>
  /** Puts a run of a task into its queue; false when there is no such task. */
  readonly runNow: (task: string) => Promise<boolean>
  readonly log: Log
  readonly nowMs: () => number
}

const LOOK_INTERVAL_MS = 1_000
const REPORT_INTERVAL_MS = 5_000
/** Queues are in Redis whether or not settle runs: what it said last is worth a look for a day. */
const REPORT_EXPIRES_AFTER_MS = 86_400_000

const WISH: z.ZodType<TaskWish> = z.object({ atMs: z.number(), by: z.string() })

/** Tells operators how the tasks stand, and runs one now when one of them asks for it. */
export class TasksFeed {
  readonly #modules: TasksFeedModules
  #reportedAtMs = -Infinity
  #isLooking = false
  #timer: NodeJS.Timeout | undefined

  constructor(modules: TasksFeedModules) {
    this.#modules = modules
  }

  start(): void {
    this.#timer = setInterval(() => this.#begin(), LOOK_INTERVAL_MS)
  }

  /** Does not wait for a look that waits for Redis. */
  close(): void {
    clearInterval(this.#timer)
  }

  #begin(): void {
    if (this.#isLooking) return
    this.#isLooking = true
    void this.look()
      .catch(() => undefined)
      .finally(() => {
        this.#isLooking = false
      })
  }

  /** Rejects when Redis goes away meanwhile. */
  async look(): Promise<void> {
    const { redis, nowMs } = this.#modules
    if (redis.status !== 'ready') return
    const hasRun = await this.#takeWishes()
    if (!hasRun && nowMs() - this.#reportedAtMs < REPORT_INTERVAL_MS) return
    this.#reportedAtMs = nowMs()
    await this.#report()
  }

  async #report(): Promise<void> {
    const { redis, keys, describe, nowMs } = this.#modules
    const report: LiveTasks = { tasks: await describe(), atMs: nowMs() }
    await redis.set(keys.tasks, JSON.stringify(report), 'PX', REPORT_EXPIRES_AFTER_MS)
  }

  async #takeWishes(): Promise<boolean> {
    const { redis, keys, log } = this.#modules
    const wishes = Object.entries(await redis.hgetall(keys.taskWishes))
    for (const [task, text] of wishes) {
      const wish = parsed(text)
      // Whoever takes it away first is who runs it.
      if ((await redis.hdel(keys.taskWishes, task)) === 0 || wish === undefined) continue
      if (this.#modules.nowMs() - wish.atMs > TASK_WISH_VOID_AFTER_MS) continue
      if (await this.#modules.runNow(task))
        log.info({ task, by: wish.by }, 'a task runs because an operator asked')
    }
    return wishes.length > 0
  }
}

function parsed(text: string): TaskWish | undefined {
  try {
    return WISH.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
