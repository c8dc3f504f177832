import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { Job } from '@headframe/core/job/job'
import { jobOn } from '../job-on.js'
import { openPool, type OpenPool } from '../stratum/open-pool.js'
import { brokenConnectionLaws } from './connection-laws.js'
import { readCredited } from './credited-share.js'
import { PoolLog } from './pool-log.js'
import { brokenShareLaws } from './share-laws.js'
import { WILD_CLIENTS, type Step } from './step.js'
import { WildClient } from './wild-client.js'
import { WireConnection } from './wire-connection.js'
import { Witness } from './witness.js'

const PORTS = '0 fixed=1e-9; 0 difficulty=1e-9 min=1e-9 proxy'
/** When a pool sends the same work again at the latest. */
const MAX_JOB_AGE_MS = 28_000
/** One who goes while it is being brought to another process is missed when that has come to nothing. */
const GONE_WITHIN_MS = 5_000

/** The timers of a pool, and how they are made to fire. */
export interface Intervals {
  advance(ms: number): void
}

/** Lets clients live through a story, on a pool of their own, and returns a sentence for each law that was broken. */
export async function play(story: readonly Step[], intervals: Intervals): Promise<string[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'headframe-fuzz-'))
  try {
    return await new Stage(dataDir, intervals).play(story)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

class Stage {
  readonly #dataDir: string
  readonly #intervals: Intervals
  readonly #log = new PoolLog()
  readonly #broken: string[] = []
  readonly #clients: WildClient[]
  readonly #staleSinceMs = new Map<string, number>()
  /** Of two moments the later has the higher time: not when the wall clock was set back. */
  #isOrderKnown = true
  readonly #jobIdsOfTip: string[] = []
  #pool!: OpenPool
  #witness!: Witness
  #job!: Job
  #tip = 0
  #events = 0
  #addresses = 0
  #hasTimePassed = false

  constructor(dataDir: string, intervals: Intervals) {
    this.#dataDir = dataDir
    this.#intervals = intervals
    this.#clients = Array.from(
      { length: WILD_CLIENTS },
      () => new WildClient(() => WireConnection.connectFrom(this.#freshAddress(), this.#pool.ports[1]!)),
    )
  }

  async play(story: readonly Step[]): Promise<string[]> {
    this.#pool = await openPool(PORTS, { dataDir: this.#dataDir, log: this.#log.log })
    const fault = (error: unknown): void => void this.#broken.push(`nobody has caught ${String(error)}`)
    process.on('unhandledRejection', fault).on('uncaughtExceptionMonitor', fault)
    try {
      await this.#sendJob(true)
      this.#witness = await Witness.connect(this.#pool.port)
      for (const step of story) await this.#take(step)
      await this.#end()
    } finally {
      process.off('unhandledRejection', fault).off('uncaughtExceptionMonitor', fault)
      await this.#pool.close()
    }
    await this.#judge()
    return this.#broken
  }

  async #take(step: Step): Promise<void> {
    if (step.kind === 'job') await this.#sendJob(step.isTip)
    else if (step.kind === 'time' || step.kind === 'step') await this.#passTime(step)
    else await this.#act(this.#clients[step.client]!, step)
    this.#witness.submit()
  }

  async #act(client: WildClient, step: Extract<Step, { client: number }>): Promise<void> {
    if (step.kind === 'say') {
      await client.say(
        step.saying,
        this.#clients.filter((other) => other !== client),
      )
    } else if (step.kind === 'send') await client.send(step.keep)
    else if (step.kind === 'leave') client.leave(step.how)
    else if (!(await client.listen())) this.#broken.push('the pool says nothing')
  }

  async #sendJob(isTip: boolean): Promise<void> {
    const { nowMs, stepMs } = this.#pool.clock
    if (isTip) {
      this.#tip++
      for (const jobId of this.#jobIdsOfTip.splice(0)) this.#staleSinceMs.set(jobId, nowMs + stepMs)
    }
    this.#events++
    this.#job = jobOn(this.#tip, { createdAtMs: nowMs })
    this.#jobIdsOfTip.push(this.#job.jobId)
    this.#pool.sendJob(this.#job)
    await nextTurn()
  }

  /** Nothing of the witness may be under way: it would be late for a reason of its own. */
  async #passTime({ kind, ms }: { readonly kind: 'time' | 'step'; readonly ms: number }): Promise<void> {
    await this.#settle()
    if (kind === 'step') {
      this.#pool.clock.stepMs += ms
      if (ms < 0) this.#isOrderKnown = false
      return
    }
    this.#pool.clock.nowMs += ms
    this.#hasTimePassed = true
    this.#events++
    this.#intervals.advance(1_000)
    if (this.#pool.clock.nowMs - this.#job.createdAtMs < MAX_JOB_AGE_MS) return
    await this.#sendJob(false)
    await this.#settle()
  }

  async #settle(): Promise<void> {
    if (!(await this.#witness.settle(this.#job.jobId))) this.#broken.push('the witness is not served')
  }

  async #end(): Promise<void> {
    for (const client of this.#clients) {
      if (client.connections.length === 0) continue
      await client.say({ kind: 'line', text: '\n{"id":"last","method":"mining.ping"}', end: '\n' }, [])
      if (!(await client.listen())) this.#broken.push('the pool says nothing at the end')
      if (!client.isUpToDate(this.#job.jobId)) this.#broken.push('a miner was left with an old job')
      client.leave('half')
    }
    if (!(await this.#witness.settle(this.#job.jobId)))
      this.#broken.push('the witness is not served to the end')
    this.#broken.push(...this.#witness.losses())
    this.#witness.connection.end('half')
    const endsAt = performance.now() + GONE_WITHIN_MS
    while (this.#pool.guard.connectionCount > 0 && performance.now() < endsAt) await sleep(1)
    this.#broken.push(...this.#leftBehind())
  }

  #leftBehind(): string[] {
    const { server, guard, presence, records, extranonce1 } = this.#pool
    const left = {
      peers: server.connectionCount,
      'connections the guard counts': guard.connectionCount,
      workers: presence.workerCount,
      'open sessions': records.openCount,
      extranonce1: extranonce1.held.size,
    }
    return Object.entries(left).flatMap(([what, count]) =>
      count === 0 ? [] : [`left behind: ${count} ${what}`],
    )
  }

  async #judge(): Promise<void> {
    const wild = this.#clients.flatMap(({ connections }) => connections)
    const all = [...wild, this.#witness.connection]
    const surroundings = { events: this.#events, hasTimePassed: this.#hasTimePassed }
    const credited = await readCredited(this.#dataDir, this.#pool.writer.writerId)
    this.#broken.push(
      ...this.#log.errors.map((message) => `in the log: ${message}`),
      ...all.flatMap((connection) =>
        brokenConnectionLaws(
          { connection, reason: this.#log.reasonsOf(connection.remoteAddress)[0] },
          surroundings,
        ),
      ),
      ...brokenShareLaws(all, credited, this.#isOrderKnown ? this.#staleSinceMs : new Map()),
    )
  }

  #freshAddress(): string {
    return `198.51.100.${++this.#addresses}`
  }
}
