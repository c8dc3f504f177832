import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { monotonicMs } from '../measure/monotonic-clock.js'
import { JobWatch } from './job-watch.js'
import { numberedAddress } from './numbered-address.js'
import { LoadMiner, type MinerOwner } from './load-miner.js'
import type { Opened, OpenOrder, Paced, PaceOrder, SubmitOrder, Submitted } from './orders.js'
import { Pacer } from './pacer.js'
import { Tally } from './tally.js'

/** How often a miner that is refused or cut off before it is ready comes again, and how soon. */
const MAX_RETRIES_PER_MINER = 20
const RETRY_DELAY_MS = 100
/** Connects that are begun before the answers to earlier ones are looked at. */
const CONNECTS_PER_TURN = 50
/** How long the answers to the last paced shares may take. */
const LAST_ANSWERS_MS = 10_000
const POLL_MS = 10

/** The miners of one load process. */
export class Fleet implements MinerOwner {
  readonly tally = new Tally()
  readonly #miners = new Set<LoadMiner>()
  readonly #jobs = new JobWatch()
  #pacer: Pacer | undefined
  #lost = 0
  #running = 0
  #onRunEnd: (problem?: Error) => void = () => undefined
  #onReady = new Map<LoadMiner, (problem?: string) => void>()

  /** Brings all miners to their first job. Throws when one of them cannot get there. */
  async open(order: OpenOrder): Promise<Opened> {
    const startedAtMs = monotonicMs()
    let retries = 0
    let next = 0
    const openInTurn = async (): Promise<void> => {
      while (next < order.count) {
        const number = next++
        if (number % CONNECTS_PER_TURN === 0) await nextTurn()
        const itsRetries = await this.#openOne(order, order.firstNumber + number)
        retries += itsRetries
      }
    }
    await Promise.all(Array.from({ length: Math.min(order.count, order.maxConnecting) }, openInTurn))
    return { startedAtMs, readyAtMs: monotonicMs(), retries }
  }

  async mine(count: number): Promise<void> {
    for (const miner of this.#miners) {
      miner.mine(count)
      await nextTurn()
    }
  }

  async submit({ count, window }: SubmitOrder): Promise<Submitted> {
    const cpuBefore = process.cpuUsage()
    const startedAtMs = monotonicMs()
    const ended = new Promise<void>((resolve, reject) => {
      this.#onRunEnd = (problem) => (problem === undefined ? resolve() : reject(problem))
    })
    this.#running = this.#miners.size
    for (const miner of this.#miners) miner.submit(count, window)
    await ended
    const { user, system } = process.cpuUsage(cpuBefore)
    return { ...this.tally.take(), cpuMs: (user + system) / 1_000, startedAtMs, endedAtMs: monotonicMs() }
  }

  startPace({ intervalMs }: PaceOrder): void {
    this.#pacer = new Pacer([...this.#miners], intervalMs)
  }

  async stopPace(): Promise<Paced> {
    if (this.#pacer === undefined) throw new Error('no pace was started')
    this.#pacer.stop()
    const { skipped } = this.#pacer
    this.#pacer = undefined
    const deadline = monotonicMs() + LAST_ANSWERS_MS
    while (this.#unanswered() > 0 && monotonicMs() < deadline) await sleep(POLL_MS)
    const counts = this.tally.take()
    const answered = counts.accepted + Object.values(counts.refused).reduce((sum, count) => sum + count, 0)
    return { ...counts, skipped, unanswered: counts.sent - answered }
  }

  watchJob(): void {
    this.#jobs.begin(this.#miners.size)
  }

  jobArrivals(): Promise<Float64Array> {
    return this.#jobs.arrivals()
  }

  get lostCount(): number {
    return this.#lost
  }

  close(): void {
    for (const miner of this.#miners) miner.close()
    this.#miners.clear()
  }

  onReady(miner: LoadMiner): void {
    this.#miners.add(miner)
    this.#settle(miner)
  }

  onLost(miner: LoadMiner, reason: string): void {
    if (!this.#miners.delete(miner)) return this.#settle(miner, reason)
    this.#lost++
    this.#onRunEnd(new Error(`a miner was lost: ${reason}`))
  }

  onCleanJob(_miner: LoadMiner, atMs: number): void {
    this.#jobs.note(atMs)
  }

  onFinished(): void {
    this.#running--
    if (this.#running === 0) this.#onRunEnd()
  }

  /** Returns how many attempts failed before it succeeded. */
  async #openOne(order: OpenOrder, number: number): Promise<number> {
    const { host, port, localAddress, ownAddressesOn: network, isMining } = order
    const address = network === undefined ? order.address : numberedAddress(number, network)
    const username = `${address}.rig${number}`
    for (let retries = 0; ; retries++) {
      const problem = await new Promise<string | undefined>((resolve) => {
        const miner = new LoadMiner({ host, port, localAddress, username, isMining }, this)
        this.#onReady.set(miner, resolve)
      })
      if (problem === undefined) return retries
      if (retries === MAX_RETRIES_PER_MINER) throw new Error(`${username} cannot log in: ${problem}`)
      await sleep(RETRY_DELAY_MS)
    }
  }

  #settle(miner: LoadMiner, problem?: string): void {
    this.#onReady.get(miner)?.(problem)
    this.#onReady.delete(miner)
  }

  #unanswered(): number {
    let count = 0
    for (const miner of this.#miners) if (!miner.isAnswered) count++
    return count
  }
}
