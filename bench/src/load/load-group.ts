import { LoadGenerator } from './load-generator.js'
import type { Opened, OpenOrder, Paced, Submitted } from './orders.js'
import { sumCounts } from './tally.js'

/** Where miners connect to, and how many there are. */
export type FleetOrder = Omit<OpenOrder, 'localAddress' | 'firstNumber'>

/** Source addresses that no other group of the same benchmark uses; each has 28,000 ports. */
let nextHost = 2

/** Several load processes that share the miners evenly, each from a source address of its own. */
export class LoadGroup {
  readonly #generators: LoadGenerator[]
  readonly #localAddresses: string[]

  constructor(processCount: number) {
    this.#generators = Array.from({ length: processCount }, () => new LoadGenerator())
    this.#localAddresses = this.#generators.map(() => `127.0.0.${nextHost++}`)
  }

  /** From the first connection to the moment the last miner has its first job. */
  async open(order: FleetOrder): Promise<Opened> {
    const share = order.count / this.#generators.length
    const opened = await this.#all((generator, index) => {
      const firstNumber = Math.round(index * share)
      return generator.order('open', {
        ...order,
        firstNumber,
        count: Math.round((index + 1) * share) - firstNumber,
        localAddress: this.#localAddresses[index]!,
      })
    })
    return {
      startedAtMs: Math.min(...opened.map(({ startedAtMs }) => startedAtMs)),
      readyAtMs: Math.max(...opened.map(({ readyAtMs }) => readyAtMs)),
      retries: opened.reduce((sum, { retries }) => sum + retries, 0),
    }
  }

  /** Mines so many shares for each miner. */
  async mine(count: number): Promise<void> {
    await this.#all((generator) => generator.order('mine', { count }))
  }

  async submit(count: number, window: number): Promise<Submitted> {
    const submitted = await this.#all((generator) => generator.order('submit', { count, window }))
    return {
      ...sumCounts(submitted),
      cpuMs: submitted.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
      startedAtMs: Math.min(...submitted.map(({ startedAtMs }) => startedAtMs)),
      endedAtMs: Math.max(...submitted.map(({ endedAtMs }) => endedAtMs)),
    }
  }

  async startPace(intervalMs: number): Promise<void> {
    await this.#all((generator) => generator.order('start-pace', { intervalMs }))
  }

  async stopPace(): Promise<Paced> {
    const paced = await this.#all((generator) => generator.order('stop-pace', undefined))
    return {
      ...sumCounts(paced),
      skipped: paced.reduce((sum, { skipped }) => sum + skipped, 0),
      unanswered: paced.reduce((sum, { unanswered }) => sum + unanswered, 0),
    }
  }

  /** From here on the arrival of the next job that replaces all others is noted. */
  async watchJob(): Promise<void> {
    await this.#all((generator) => generator.order('watch-job', undefined))
  }

  /** When that job arrived at each miner, on `monotonicMs`, once it is with all. */
  async jobArrivals(): Promise<number[]> {
    const arrivals = await this.#all((generator) => generator.order('job-arrivals', undefined))
    return arrivals.flatMap((times) => [...times])
  }

  async lostCount(): Promise<number> {
    const counts = await this.#all((generator) => generator.order('count-lost', undefined))
    return counts.reduce((sum, count) => sum + count, 0)
  }

  async end(): Promise<void> {
    await this.#all((generator) => generator.end())
  }

  #all<T>(run: (generator: LoadGenerator, index: number) => Promise<T>): Promise<T[]> {
    return Promise.all(this.#generators.map(run))
  }
}
