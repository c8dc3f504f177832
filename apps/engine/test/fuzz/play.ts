import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { Job } from '@headframe/core/job/job'
import { jobOn } from '../job-on.js'
import { until } from '../until.js'
import { openPool, type OpenPool } from '../stratum/open-pool.js'
import { brokenConnectionLaws } from './connection-laws.js'
import { readCredited, type CreditedShare } from './credited-share.js'
import { FailingDisk } from './failing-disk.js'
import { PoolLog } from './pool-log.js'
import { brokenShareLaws } from './share-laws.js'
import { WILD_CLIENTS, type Step } from './step.js'
import { WildClient } from './wild-client.js'
import { WireConnection } from './wire-connection.js'
import { Witness } from './witness.js'

/** One, because a miner who is brought home is served there as on the port of the same number. */
const PORT = '0 difficulty=1e-9 min=1e-9 proxy'
/** When a pool sends the same work again at the latest. */
const MAX_JOB_AGE_MS = 28_000
/** One who goes while it is being brought to another process is missed when that has come to nothing. */
const GONE_WITHIN_MS = 5_000

/** The timers of a pool, and how they are made to fire. */
export interface Intervals {
  advance(ms: number): void
}

/** The pool of a story. */
export interface Setting {
  /** Stratum processes on one data folder, among which connections take turns. */
  readonly processes: number
  /** Whether the disk below the journals may be told to fail. */
  readonly hasFailingDisk: boolean
}

const ORDINARY: Setting = { processes: 1, hasFailingDisk: false }

/** Lets clients live through a story, on a pool of their own, and returns a sentence for each law that was broken. */
export async function play(
  story: readonly Step[],
  intervals: Intervals,
  setting = ORDINARY,
): Promise<string[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'headframe-fuzz-'))
  try {
    return await new Stage(dataDir, intervals, setting).play(story)
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
  readonly #setting: Setting
  readonly #disk = new FailingDisk()
  #pools: readonly OpenPool[] = []
  /** All there were, by their pool; the newest last. */
  readonly #witnesses: Witness[][] = []
  #job!: Job
  #tip = 0
  #events = 0
  #addresses = 0
  #employed = 0
  #hasTimePassed = false

  constructor(dataDir: string, intervals: Intervals, setting: Setting) {
    this.#dataDir = dataDir
    this.#setting = setting
    this.#intervals = intervals
    this.#clients = Array.from({ length: WILD_CLIENTS }, () => new WildClient(() => this.#connect()))
  }

  async play(story: readonly Step[]): Promise<string[]> {
    this.#pools = await this.#openPools()
    const fault = (error: unknown): void => void this.#broken.push(`nobody has caught ${String(error)}`)
    process.on('unhandledRejection', fault).on('uncaughtExceptionMonitor', fault)
    try {
      await this.#sendJob(true)
      await this.#employWitnesses()
      for (const step of story) await this.#take(step)
      await this.#end()
    } finally {
      process.off('unhandledRejection', fault).off('uncaughtExceptionMonitor', fault)
      this.#disk.mend()
      for (const pool of this.#pools) await pool.close()
    }
    await this.#judge()
    return this.#broken
  }

  async #take(step: Step): Promise<void> {
    if (step.kind === 'job') await this.#sendJob(step.isTip)
    else if (step.kind === 'time' || step.kind === 'step') await this.#passTime(step)
    else if (step.kind === 'disk') this.#disk.fail(step.fault)
    else await this.#act(this.#clients[step.client]!, step)
    if (this.#setting.hasFailingDisk) await this.#employWitnesses()
    for (const witness of this.#atWork()) witness.submit()
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
    const { nowMs, stepMs } = this.#clock
    if (isTip) {
      this.#tip++
      for (const jobId of this.#jobIdsOfTip.splice(0)) this.#staleSinceMs.set(jobId, nowMs + stepMs)
    }
    this.#events++
    this.#job = jobOn(this.#tip, { createdAtMs: nowMs })
    this.#jobIdsOfTip.push(this.#job.jobId)
    for (const pool of this.#pools) pool.sendJob(this.#job)
    await nextTurn()
  }

  /** Nothing of the witness may be under way: it would be late for a reason of its own. */
  async #passTime({ kind, ms }: { readonly kind: 'time' | 'step'; readonly ms: number }): Promise<void> {
    await this.#settle()
    if (kind === 'step') {
      for (const { clock } of this.#pools) clock.stepMs += ms
      if (ms < 0) this.#isOrderKnown = false
      return
    }
    for (const { clock } of this.#pools) clock.nowMs += ms
    this.#hasTimePassed = true
    this.#events++
    this.#intervals.advance(1_000)
    if (this.#clock.nowMs - this.#job.createdAtMs < MAX_JOB_AGE_MS) return
    await this.#sendJob(false)
    await this.#settle()
  }

  async #settle(when = ''): Promise<void> {
    for (const witness of this.#atWork()) {
      if (!(await witness.settle(this.#job.jobId))) this.#broken.push(`the witness is not served${when}`)
    }
  }

  async #end(): Promise<void> {
    if (this.#setting.hasFailingDisk) await this.#mendDisk()
    for (const client of this.#clients) {
      if (client.connections.length === 0) continue
      await client.say({ kind: 'line', text: '\n{"id":"last","method":"mining.ping"}', end: '\n' }, [])
      if (!(await client.listen())) this.#broken.push('the pool says nothing at the end')
      if (!client.isUpToDate(this.#job.jobId)) this.#broken.push('a miner was left with an old job')
      client.leave('half')
    }
    await this.#settle(' to the end')
    this.#broken.push(...this.#losses())
    for (const { connection } of this.#atWork()) connection.end('half')
    const endsAt = performance.now() + GONE_WITHIN_MS
    const left = (): string[] => this.#pools.flatMap(leftBehind)
    // Whom one process has let go, the process that served him through it is still to hear of.
    while (left().length > 0 && performance.now() < endsAt) await sleep(1)
    this.#broken.push(...left())
  }

  /** The pool goes on: each process takes a good share again. */
  async #mendDisk(): Promise<void> {
    this.#disk.mend()
    await this.#settle()
    await until(() => this.#pools.every(({ writer }) => writer.state === 'ready'))
    await this.#employWitnesses()
    const before = this.#losses().length + this.#refusals().length
    for (const witness of this.#atWork()) witness.submit()
    await this.#settle()
    if (this.#losses().length + this.#refusals().length > before || this.#atWork().some(isClosed))
      this.#broken.push('the disk is well again, and the pool takes no share')
  }

  /** A disk that has failed costs a miner its connection, or a share that it is told of, and nothing else. */
  #losses(): string[] {
    const witnesses = this.#witnesses.flat()
    if (!this.#setting.hasFailingDisk) return witnesses.flatMap((witness) => witness.losses())
    return this.#refusals().filter((reason) => !reason.includes('pool is busy'))
  }

  #refusals(): string[] {
    return this.#witnesses.flat().flatMap((witness) => witness.refusals())
  }

  async #judge(): Promise<void> {
    const wild = this.#clients.flatMap(({ connections }) => connections)
    const all = [...wild, ...this.#witnesses.flat().map(({ connection }) => connection)]
    const surroundings = {
      events: this.#events,
      hasTimePassed: this.#hasTimePassed,
      hasDiskFailed: this.#disk.failures > 0,
    }
    const credited: CreditedShare[] = []
    for (const { writer } of this.#pools)
      credited.push(...(await readCredited(this.#dataDir, writer.writerId)))
    const errors = this.#log.errors.filter(
      (text) => this.#disk.failures === 0 || !text.startsWith('journal: '),
    )
    this.#broken.push(
      ...errors.map((message) => `in the log: ${message}`),
      ...all.flatMap((connection) =>
        brokenConnectionLaws(
          { connection, reason: this.#log.reasonsOf(connection.remoteAddress)[0] },
          surroundings,
        ),
      ),
      ...brokenShareLaws(all, credited, this.#isOrderKnown ? this.#staleSinceMs : new Map()),
    )
  }

  get #clock(): OpenPool['clock'] {
    return this.#pools[0]!.clock
  }

  async #openPools(): Promise<OpenPool[]> {
    const { processes, hasFailingDisk } = this.#setting
    const options = {
      dataDir: this.#dataDir,
      log: this.#log.log,
      ...(hasFailingDisk && { disk: this.#disk.files }),
    }
    const pools: OpenPool[] = []
    for (let slot = 0; slot < processes; slot++) pools.push(await openPool(PORT, { ...options, slot }))
    return pools
  }

  #connect(): Promise<WireConnection> {
    const address = this.#freshAddress()
    return WireConnection.connectFrom(address, this.#pools[this.#addresses % this.#pools.length]!.port)
  }

  /** One for each process, and another when it was closed. */
  async #employWitnesses(): Promise<void> {
    for (const [index, pool] of this.#pools.entries()) {
      const witnesses = (this.#witnesses[index] ??= [])
      if (witnesses.at(-1)?.connection.isClosed === false) continue
      witnesses.push(await Witness.connect(pool.port, `203.0.113.${++this.#employed}`))
    }
  }

  #atWork(): Witness[] {
    return this.#witnesses.map((witnesses) => witnesses.at(-1)!)
  }

  #freshAddress(): string {
    return `198.51.100.${++this.#addresses}`
  }
}

function isClosed({ connection }: Witness): boolean {
  return connection.isClosed
}

function leftBehind({ server, guard, presence, records, extranonce1 }: OpenPool): string[] {
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
