import { setTimeout as sleep } from 'node:timers/promises'
import type { LiveTask } from '@headframe/core/live/live-system'
import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import type { Log } from '../log.js'
import { describeQueue } from './describe-queue.js'
import type { Task } from './task.js'

export interface TaskRuntimeOptions {
  readonly redisUrl: string
  /** Of all keys; two pools on one Redis need two prefixes. */
  readonly prefix: string
}

export interface TaskRuntimeModules {
  readonly tasks: readonly Task[]
  readonly log: Log
  /** A task has begun to fail, or (undefined) works again. */
  readonly onFailing?: ((task: string, reason: string | undefined) => void) | undefined
}

const RECONNECT_MAX_MS = 2_000
/** Schedules live in Redis, and a Redis that lost its memory has none: they are written again this often. */
const RESCHEDULE_EVERY_MS = 30_000
/** A run that is under way gets this long to end; what it did not commit is done by the next one. */
const CLOSE_TIMEOUT_MS = 5_000
/** Until a run counts as dead whose process has died; others see its queue go on without it meanwhile. */
const LOCK_DURATION_MS = 30_000

/** Runs tasks on BullMQ: a queue and a worker each, one run at a time. While Redis is away they wait. */
export class TaskRuntime {
  readonly #log: Log
  readonly #connection: Redis
  readonly #units: readonly TaskUnit[]
  readonly #timer: NodeJS.Timeout

  constructor(options: TaskRuntimeOptions, { tasks, log, onFailing }: TaskRuntimeModules) {
    this.#log = log
    this.#connection = connectTaskRedis(options.redisUrl, log)
    this.#units = tasks.map(
      (task) => new TaskUnit(task, this.#connection, options.prefix, { log, onFailing }),
    )
    this.#connection.on('ready', () => this.#reschedule())
    this.#timer = setInterval(() => this.#reschedule(), RESCHEDULE_EVERY_MS)
  }

  /** Names of the tasks whose last run has failed. */
  failing(): string[] {
    return this.#units.filter((unit) => unit.isFailing).map(({ name }) => name)
  }

  /** How each stands. Waits for a Redis that is away. */
  describe(): Promise<LiveTask[]> {
    return Promise.all(this.#units.map((unit) => unit.describe()))
  }

  /** Names of the tasks that run now. */
  running(): string[] {
    return this.#units.filter((unit) => unit.isRunning).map(({ name }) => name)
  }

  /** Puts a run of a task into its queue, in front of what waits there; false when there is no such task. */
  async runNow(task: string, nowMs: number): Promise<boolean> {
    const unit = this.#units.find(({ name }) => name === task)
    await unit?.runNow(nowMs)
    return unit !== undefined
  }

  /** Waits for runs under way, but not for a Redis that is away. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    const isReachable = this.#connection.status === 'ready'
    const ended = Promise.all(this.#units.map((unit) => (isReachable ? unit.close() : unit.idle())))
    await Promise.race([ended.catch(() => undefined), sleep(CLOSE_TIMEOUT_MS, undefined, { ref: false })])
    for (const unit of this.#units) unit.abandon()
    this.#connection.disconnect()
  }

  #reschedule(): void {
    if (this.#connection.status !== 'ready') return
    for (const unit of this.#units) {
      unit.schedule().catch((error: unknown) => {
        this.#log.warn({ task: unit.name, reason: (error as Error).message }, 'a task could not be scheduled')
      })
    }
  }
}

/** One task with its queue and its worker. */
class TaskUnit {
  readonly name: string
  readonly #task: Task
  readonly #queue: Queue
  readonly #worker: Worker
  readonly #log: Log
  readonly #onFailing: TaskRuntimeModules['onFailing']
  #isFailing = false
  #isRunning = false
  #running: Promise<void> | undefined

  constructor(
    task: Task,
    connection: Redis,
    prefix: string,
    { log, onFailing }: Pick<TaskRuntimeModules, 'log' | 'onFailing'>,
  ) {
    this.name = task.name
    this.#task = task
    this.#log = log
    this.#onFailing = onFailing
    const { attempts, backoffMs, keepCompleted, keepFailed } = task.policy
    this.#queue = new Queue(task.name, {
      connection,
      prefix,
      defaultJobOptions: {
        attempts,
        backoff: { type: 'exponential', delay: backoffMs },
        removeOnComplete: { count: keepCompleted },
        removeOnFail: { count: keepFailed },
      },
    })
    this.#worker = new Worker(task.name, (run) => (this.#running = this.#run(run.data)), {
      connection,
      prefix,
      concurrency: 1,
      lockDuration: LOCK_DURATION_MS,
    })
    // The connection's own events are logged once for all; without a listener each would end the process.
    this.#queue.on('error', () => undefined)
    this.#worker.on('error', () => undefined)
  }

  get isFailing(): boolean {
    return this.#isFailing
  }

  get isRunning(): boolean {
    return this.#isRunning
  }

  async describe(): Promise<LiveTask> {
    const [found, schedule] = await Promise.all([
      describeQueue(this.#queue),
      this.#queue.getJobScheduler(this.name),
    ])
    const { everyMs } = this.#task.schedule
    return { ...found, name: this.name, everyMs, nextRunAtMs: schedule?.next, isFailing: this.#isFailing }
  }

  /** Asked for twice at once, it runs once. */
  async runNow(nowMs: number): Promise<void> {
    await this.#queue.add(this.name, {}, { jobId: `asked-${nowMs}`, attempts: 1, lifo: true })
  }

  async schedule(): Promise<void> {
    await this.#queue.upsertJobScheduler(
      this.name,
      { every: this.#task.schedule.everyMs },
      { name: this.name, data: {}, opts: this.#queue.jobsOpts },
    )
  }

  async close(): Promise<void> {
    await this.#worker.close()
    await this.#queue.close()
  }

  /** When no handler is under way. */
  async idle(): Promise<void> {
    await this.#running?.catch(() => undefined)
  }

  /** Lets go of connections that will not answer: BullMQ's own close would wait for them without end. */
  abandon(): void {
    const ignore = (): undefined => undefined
    this.#worker.close(true).catch(ignore)
    this.#worker.disconnect().catch(ignore)
    this.#queue.close().catch(ignore)
  }

  /** Logs the first failure of a row, and its end. */
  async #run(data: unknown): Promise<void> {
    this.#isRunning = true
    try {
      await this.#task.handler(this.#task.schema.parse(data))
    } catch (error) {
      if (!this.#isFailing)
        this.#log.error({ task: this.name, err: error }, 'a task fails; it is tried again')
      if (!this.#isFailing) this.#onFailing?.(this.name, (error as Error).message)
      this.#isFailing = true
      throw error
    } finally {
      this.#isRunning = false
    }
    if (this.#isFailing) {
      this.#log.info({ task: this.name }, 'the task works again')
      this.#onFailing?.(this.name, undefined)
    }
    this.#isFailing = false
  }
}

/** A connection for BullMQ: its commands wait for a Redis that is away. */
export function connectTaskRedis(url: string, log: Log): Redis {
  const connection = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => Math.min(attempt * 100, RECONNECT_MAX_MS),
  })
  let isAway = false
  connection.on('error', (error: Error) => {
    if (!isAway) log.warn({ reason: error.message }, 'Redis is away; tasks wait until it is back')
    isAway = true
  })
  connection.on('ready', () => {
    if (isAway) log.info('Redis is back; tasks go on')
    isAway = false
  })
  return connection
}
