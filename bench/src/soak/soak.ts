import { setTimeout as sleep } from 'node:timers/promises'
import { nobodysAddress, type ServePool } from '../serve-pool.js'
import { BlockLog } from './block-log.js'
import { MemoryLog } from './memory-log.js'
import type { NodePair } from './node-pair.js'
import type { Random } from './random.js'
import { SoakMiner } from './soak-miner.js'
import type { SoakOptions } from './soak-options.js'
import { StaleWatch } from './stale-watch.js'
import { TipClock } from './tip-clock.js'

const CHAIN = 'regtest'
const LOOK_MS = 50
const MEMORY_MS = 5_000
/** Tips that come from elsewhere; the others are blocks of the pool's miners. */
const FROM_ELSEWHERE = 0.4
/** Blocks that come for a tip just replaced. */
const LATE = 0.15
/** How often both nodes are down at once. */
const BOTH_DOWN = 0.1
const MAX_DOWN_MS = 8_000
const LOGIN_STEP_MS = 4
const COME_BACK_MS = 300

export interface SoakModules {
  readonly pool: ServePool
  readonly pair: NodePair
  readonly random: Random
  readonly nowMs: () => number
  /** What happens, for a person who wants to know what came before what. */
  readonly say: (text: string) => void
}

/** What was seen. */
export interface SoakResult {
  readonly tips: number
  readonly blocks: number
  readonly lost: readonly string[]
  readonly refused: ReadonlyMap<string, number>
  readonly restarts: number
  readonly staleCount: number
  readonly worstStaleMs: number
  readonly connectionsLost: number
  readonly memory: readonly MemoryLog[]
}

/** Nodes that come and go, tips, late blocks, and miners who watch what they are given. */
export class Soak {
  readonly #options: SoakOptions
  readonly #modules: SoakModules
  readonly #miners: SoakMiner[] = []
  readonly #blocks = new BlockLog()
  readonly #clock: TipClock
  readonly #memory: readonly MemoryLog[]
  #restarts = 0
  #endAtMs = 0

  constructor(options: SoakOptions, modules: SoakModules) {
    const { pool, pair } = modules
    this.#options = options
    this.#modules = modules
    this.#clock = new TipClock(() => pair.up)
    this.#memory = [
      new MemoryLog('primary', pool.primaryPid),
      ...pool.stratumPids().map((pid, index) => new MemoryLog(`stratum ${index}`, pid)),
    ]
  }

  async run(): Promise<SoakResult> {
    const { nowMs, pair } = this.#modules
    await this.#login()
    const watch = new StaleWatch(this.#miners, this.#clock)
    this.#endAtMs = nowMs() + this.#options.minutes * 60_000
    await Promise.all([this.#look(watch), this.#makeTips(), this.#restartNodes(), this.#readMemory()])
    const lost = await this.#blocks.lost(pair.up)
    const connectionsLost = this.#miners.reduce((sum, { losses }) => sum + losses, 0)
    await Promise.all(this.#miners.map((miner) => miner.stop()))
    return {
      tips: this.#clock.changes,
      blocks: this.#blocks.count,
      lost,
      refused: this.#blocks.refused,
      restarts: this.#restarts,
      staleCount: watch.staleCount,
      worstStaleMs: watch.worstMs,
      connectionsLost,
      memory: this.#memory,
    }
  }

  get #isOver(): boolean {
    return this.#modules.nowMs() >= this.#endAtMs
  }

  async #login(): Promise<void> {
    const { pool, nowMs } = this.#modules
    for (let number = 0; number < this.#options.miners; number++) {
      const username = `${nobodysAddress(CHAIN)}.rig${number}`
      this.#miners.push(new SoakMiner({ port: pool.stratumPort, username, nowMs, comeBackMs: COME_BACK_MS }))
      await sleep(LOGIN_STEP_MS)
    }
    while (this.#miners.some(({ tip }) => tip === undefined)) await sleep(LOOK_MS)
  }

  async #look(watch: StaleWatch): Promise<void> {
    const { nowMs } = this.#modules
    while (!this.#isOver) {
      watch.see()
      await this.#clock.look(nowMs())
      const before = watch.staleCount
      watch.look(nowMs())
      if (watch.staleCount > before) this.#sayStale(watch.staleCount - before)
      await sleep(LOOK_MS)
    }
  }

  #sayStale(count: number): void {
    const work = new Set(this.#miners.map(({ tip }) => tip ?? 'none'))
    this.#modules.say(
      `${count} miners have work on ${[...work].join(', ')}; the tip is ${[...this.#clock.tips].join(', ')}`,
    )
  }

  async #makeTips(): Promise<void> {
    const { random } = this.#modules
    while (!this.#isOver) {
      await sleep(this.#options.tipEverySeconds * 1_000)
      if (random.happens(FROM_ELSEWHERE)) await this.#mineElsewhere()
      else await this.#mineHere(false)
      if (random.happens(LATE)) await this.#mineHere(true)
    }
  }

  /** A node that goes down while it is asked has made no block, or one that everybody hears of later. */
  async #mineElsewhere(): Promise<void> {
    const node = this.#modules.random.oneOf(this.#modules.pair.up)
    await node?.rpc('generatetoaddress', [1, nobodysAddress(CHAIN)]).catch(() => undefined)
  }

  async #mineHere(isLate: boolean): Promise<void> {
    const ready = this.#miners.filter(({ tip }) => tip !== undefined)
    const block = await this.#modules.random.oneOf(ready)?.findBlock(isLate)
    if (block !== undefined) this.#blocks.note(block)
  }

  async #restartNodes(): Promise<void> {
    const { random } = this.#modules
    const { restartEverySeconds } = this.#options
    while (restartEverySeconds > 0) {
      await sleep(random.between(0.5, 1.5) * restartEverySeconds * 1_000)
      if (this.#isOver) return
      const first = random.happens(0.5) ? 0 : 1
      const places = random.happens(BOTH_DOWN) ? [first, 1 - first] : [first]
      await Promise.all(places.map((index) => this.#restart(index)))
    }
  }

  async #restart(index: number): Promise<void> {
    const { pair, random, say } = this.#modules
    this.#restarts++
    say(`node ${index} stops`)
    await pair.stop(index)
    say(`node ${index} is down`)
    await sleep(random.between(0, MAX_DOWN_MS))
    await pair.start(index)
    say(`node ${index} is up`)
  }

  async #readMemory(): Promise<void> {
    while (!this.#isOver) {
      for (const log of this.#memory) log.read()
      await sleep(MEMORY_MS)
    }
  }
}
