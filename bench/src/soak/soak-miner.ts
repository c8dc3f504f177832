import { displayHash } from '@headframe/core/chain/header'
import type { PoolJob } from '@headframe/miner/pool-job'
import { solve } from '@headframe/miner/solve'
import { StratumClient } from '@headframe/miner/stratum-client'

export interface SoakMinerOptions {
  readonly port: number
  readonly username: string
  readonly nowMs: () => number
  /** Between the loss of a connection and the next try. */
  readonly comeBackMs: number
}

/** A block that a miner has sent. */
export interface SentBlock {
  /** Display order. */
  readonly hash: string
  readonly isAccepted: boolean
  /** What the pool said of one that it did not take. */
  readonly text: string
}

/** A miner that comes back whenever it is closed, and knows since when it works on which tip. */
export class SoakMiner {
  readonly #options: SoakMinerOptions
  #client: StratumClient | undefined
  #job: PoolJob | undefined
  #previousJob: PoolJob | undefined
  #tip = ''
  #readyAtMs = 0
  #isStopped = false
  #nextExtranonce2 = 0
  /** Connections that were lost. */
  losses = 0

  constructor(options: SoakMinerOptions) {
    this.#options = options
    void this.#mine()
  }

  /** The block its job builds on, display order; undefined while it has no connection or no job. */
  get tip(): string | undefined {
    return this.#job === undefined ? undefined : this.#tip
  }

  /** When it had its first job on this connection, ms. */
  get readyAtMs(): number {
    return this.#readyAtMs
  }

  /** Finds a block of its job, or of the tip before, and sends it. Undefined when it has no such job, or lost it meanwhile. */
  async findBlock(isLate: boolean): Promise<SentBlock | undefined> {
    const job = isLate ? this.#previousJob : this.#job
    const client = this.#client
    if (job === undefined || client === undefined) return undefined
    const solution = solve(job, { wanted: 'block', extranonce2: this.#nextExtranonce2++ })
    const answer = await client.submit(solution).catch(() => undefined)
    if (answer === undefined) return undefined
    const text = answer.isAccepted ? '' : answer.text
    return { hash: displayHash(solution.hash), isAccepted: answer.isAccepted, text }
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#client?.close()
  }

  async #mine(): Promise<void> {
    while (!this.#isStopped) {
      await this.#stayConnected().catch(() => undefined)
      this.#job = undefined
      this.#previousJob = undefined
      await new Promise((resolve) => setTimeout(resolve, this.#options.comeBackMs))
    }
  }

  async #stayConnected(): Promise<void> {
    const client = await StratumClient.connect({ host: '127.0.0.1', port: this.#options.port })
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()))
    client.on('job', (job) => this.#take(job))
    this.#client = client
    try {
      await client.subscribe()
      await client.authorize(this.#options.username)
      await closed
    } finally {
      this.#client = undefined
      if (!this.#isStopped) this.losses++
      await client.abort()
    }
  }

  #take(job: PoolJob): void {
    if (this.#job === undefined) this.#readyAtMs = this.#options.nowMs()
    else if (job.cleanJobs) this.#previousJob = this.#job
    this.#job = job
    this.#tip = displayHash(job.prevHash)
  }
}
