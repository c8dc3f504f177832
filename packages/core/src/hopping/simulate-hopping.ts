import { takeWindow, type Contribution } from '../accounting/pplns-window.js'
import { seededRandom } from '../seeded-random.js'
import type { HopRule, PoolMoment } from './hop-rule.js'
import type { PayRule } from './pay-rule.js'

export interface HoppingOptions {
  readonly seed: number
  readonly blockCount: number
  /** What a retarget multiplies or divides the difficulty by, by chance. */
  readonly retargetFactor: number
}

/** What a miner has made of his work, against what it would have brought anywhere else. */
export interface Gain {
  /** 0: exactly what it was worth. 0.28: 28 % more. */
  readonly mean: number
  /** Standard error of the mean, from batches of blocks. */
  readonly error: number
}

export interface HoppingResult {
  /** By his work at the pool. */
  readonly here: Gain
  /** By all his work: what he does elsewhere brings what it is worth. */
  readonly hopper: Gain
  /** Of somebody of the same size who always mines here. */
  readonly loyal: Gain
}

/** Steps in a block's worth of work at the first difficulty; in each the pool hands in as much work. */
const STEPS_PER_BLOCK = 32
const FIRST_NETWORK_WORK = 1n << 48n
const STEP_WORK = FIRST_NETWORK_WORK / BigInt(STEPS_PER_BLOCK)
/** Of the hopper and of the loyal miner, each: small, so that neither changes the pool. */
const MINER_WORK = STEP_WORK / 256n
/** Blocks' worth of work between two retargets: a pool with 0.6 % of the network. */
const PERIOD_BLOCKS = 12
/** The difficulty stays within this factor of the first. */
const MAX_DRIFT = 2
/** Steps that are remembered: a round of so many blocks' worth happens once in 10^27. */
const KEPT_STEPS = 64 * STEPS_PER_BLOCK
const BATCHES = 25

interface Step {
  readonly networkWork: bigint
  readonly isHopping: boolean
}

/** Earned in blocks, and what the work was worth: the chance that it was a block. */
interface Account {
  earned: number
  worth: number
}

/**
 * A pool of steady hashrate that finds blocks by chance while the difficulty goes up and down, a small miner who comes
 * when `rule` says so, and one who stays. The same arguments give the same result.
 */
export function simulateHopping(rule: HopRule, pay: PayRule, options: HoppingOptions): HoppingResult {
  const pool = new SimulatedPool(rule, pay, options)
  const batches: { hopper: Account; loyal: Account }[] = []
  for (let batch = 0; batch < BATCHES; batch++) {
    batches.push(pool.runBatch(Math.ceil(options.blockCount / BATCHES)))
  }
  const everywhere = batches.map(({ hopper, loyal }) => ({
    earned: hopper.earned + loyal.worth - hopper.worth,
    worth: loyal.worth,
  }))
  return {
    here: gainOf(batches.map(({ hopper }) => hopper)),
    hopper: gainOf(everywhere),
    loyal: gainOf(batches.map(({ loyal }) => loyal)),
  }
}

class SimulatedPool {
  readonly #rule: HopRule
  readonly #pay: PayRule
  readonly #retargetFactor: number
  readonly #random: () => number
  #steps: Step[] = []
  #roundSteps = 0
  #networkWork = FIRST_NETWORK_WORK
  #stepsToRetarget = 0
  #nextFactor = 1

  constructor(rule: HopRule, pay: PayRule, { seed, retargetFactor }: HoppingOptions) {
    this.#rule = rule
    this.#pay = pay
    this.#retargetFactor = retargetFactor
    this.#random = seededRandom(seed)
    this.#beginPeriod()
    // A window that is not full pays more for a share: the pool is past that.
    while (this.#steps.length < KEPT_STEPS) this.#step({ earned: 0, worth: 0 }, { earned: 0, worth: 0 })
  }

  runBatch(blockCount: number): { hopper: Account; loyal: Account } {
    const [hopper, loyal] = [
      { earned: 0, worth: 0 },
      { earned: 0, worth: 0 },
    ]
    for (let blocks = 0; blocks < blockCount;) if (this.#step(hopper, loyal)) blocks++
    return { hopper, loyal }
  }

  /** Whether a block was found. */
  #step(hopper: Account, loyal: Account): boolean {
    if (this.#stepsToRetarget <= 0) this.#retarget()
    const networkWork = this.#networkWork
    const isHopping = this.#rule.mines(this.#moment())
    this.#steps.push({ networkWork, isHopping })
    if (this.#steps.length > 2 * KEPT_STEPS) this.#steps = this.#steps.slice(-KEPT_STEPS)
    this.#roundSteps++
    this.#stepsToRetarget--
    const worth = Number(MINER_WORK) / Number(networkWork)
    loyal.worth += worth
    if (isHopping) hopper.worth += worth
    if (this.#random() >= Number(STEP_WORK) / Number(networkWork)) return false
    this.#cutBlock(hopper, loyal)
    this.#roundSteps = 0
    return true
  }

  #cutBlock(hopper: Account, loyal: Account): void {
    const length = this.#pay.windowAt(this.#networkWork, BigInt(this.#roundSteps) * STEP_WORK)
    const { scores, total } = takeWindow(this.#newestFirst(), length)
    hopper.earned += Number(scores.get('hopper') ?? 0n) / Number(total)
    loyal.earned += Number(scores.get('loyal') ?? 0n) / Number(total)
  }

  /**
   * In each step the pool's work is the same, whoever does it. The two stand in its middle: where a window ends inside
   * a step, their shares fall in or out as often as everybody's.
   */
  *#newestFirst(): Generator<Contribution> {
    for (let index = this.#steps.length - 1; index >= 0; index--) {
      const { networkWork, isHopping } = this.#steps[index]!
      const score = this.#pay.scoreOf(MINER_WORK, networkWork)
      const others = STEP_WORK - MINER_WORK * (isHopping ? 2n : 1n)
      const half = { miner: 'others', score: this.#pay.scoreOf(others / 2n, networkWork) }
      yield half
      yield { miner: 'loyal', score }
      if (isHopping) yield { miner: 'hopper', score }
      yield half
    }
  }

  #moment(): PoolMoment {
    const stepsPerBlock = Number(this.#networkWork / STEP_WORK)
    return {
      roundAge: this.#roundSteps / stepsPerBlock,
      toRetarget: this.#stepsToRetarget / stepsPerBlock,
      nextFactor: this.#nextFactor,
    }
  }

  #retarget(): void {
    this.#networkWork = (this.#networkWork * BigInt(Math.round(this.#nextFactor * 1e6))) / 1_000_000n
    this.#beginPeriod()
  }

  #beginPeriod(): void {
    const drift = Number(this.#networkWork) / Number(FIRST_NETWORK_WORK)
    const rises = drift > MAX_DRIFT ? false : drift < 1 / MAX_DRIFT ? true : this.#random() < 0.5
    this.#nextFactor = rises ? this.#retargetFactor : 1 / this.#retargetFactor
    this.#stepsToRetarget = Math.round(PERIOD_BLOCKS * STEPS_PER_BLOCK * drift)
  }
}

function gainOf(batches: readonly Account[]): Gain {
  const sumOf = (of: (account: Account) => number): number => batches.reduce((sum, one) => sum + of(one), 0)
  const mean = sumOf(({ earned }) => earned) / sumOf(({ worth }) => worth) - 1
  const spread = sumOf(({ earned, worth }) => (earned / worth - 1 - mean) ** 2)
  return { mean, error: Math.sqrt(spread / (batches.length * (batches.length - 1))) }
}
