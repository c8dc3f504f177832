import { roundDifficulty } from './round-difficulty.js'
import {
  FIRST_SILENCE_SHARES,
  firstFallFactor,
  guessedFallFactor,
  laterFallFactor,
  silenceBeforeFall,
} from './fall-factor.js'
import { overshootOf } from './rise-factor.js'
import { surpriseOf } from './surprise.js'

/** What a port wants. Difficulties lie between 1e-9 and 2^53, and min <= start <= max. One object for all its sessions. */
export interface VardiffOptions {
  /** Shares a minute that a miner should find, whatever its hashrate. It may change: evidence is judged by what holds now. */
  readonly sharesPerMinute: number
  readonly minDifficulty: number
  readonly maxDifficulty: number
  /** What a session begins with. */
  readonly startDifficulty: number
  /** When true, `startDifficulty` is kept for ever. */
  readonly isFixed?: boolean
}

/** A share rate within this factor of the wanted one is left alone: a new difficulty costs the miner a job. */
const HYSTERESIS_FACTOR = 1.4

/** A change needs evidence (see `surpriseOf`) that the rate is not even within this factor of the wanted one. */
const EDGE_FACTOR = 1.2

/** How much evidence: luck alone looks like it once in e^11, some 60,000 tries. */
const CHANGE_SURPRISE = 11

/** By how much a change must bring the rate nearer, as a logarithm: whole difficulties are far apart near 1. */
const MIN_GAIN = 0.15

/** No rise is measured with less, so that it need not be corrected: so many shares tell a rate to 9 %. */
const MIN_SHARES_TO_RISE = 128
const MIN_RISE_MS = 1_000

/** A hashrate that jumps is told from the shares before the jump, by so many at a rate so much higher. */
const RENEWAL_SHARES = 32
const RENEWAL_FACTOR = 1.5

/** A flood is ended earlier, at what is then certain: so many shares a second. */
const FLOOD_SHARES = 1024

/** A fall measured with fewer shares is a guess. It goes further, to where the rate is soon measured from above. */
const MIN_SHARES_TO_FALL = 20

/** Shares due in a gap that a running miner's luck does not explain: gaps are tested thousands of times a day. */
const SILENCE_SHARES = 16

/** Shares that are nearer to each other than this may have waited for the same packet. */
const PACKET_MS = 50

const MS_PER_MINUTE = 60_000

/**
 * Chooses the difficulty of one session, so that a miner of any hashrate finds about the same number of shares a
 * minute. Pure: time comes in, a new difficulty comes out. docs/vardiff.md says how and how well.
 *
 * `nowMs` is a clock in milliseconds, better one that never jumps; one that is set back only restarts the evidence.
 */
export class Vardiff {
  readonly #options: VardiffOptions
  #difficulty: number
  #minDifficulty: number
  #isFixed: boolean
  #suggested = 0
  /** A share has been found, at whatever difficulty. */
  #isHeard = false
  /** The last share of any difficulty, or the last change. */
  #aliveMs: number
  /** First and last share of the present difficulty; Infinity until there is one. */
  #firstMs = Infinity
  #lastMs = Infinity
  /** Evidence for a rise and for a fall: shares of the present difficulty since the moment that speaks most for it. */
  #riseStartMs = 0
  #riseCount = 0
  /** Where the newest part of the evidence for a rise begins: its moment, and how many shares are before it. */
  #markMs = 0
  #markCount = 0
  #fallStartMs = 0
  #fallCount = 0
  /** Shares of the present difficulty, up to `MIN_SHARES_TO_FALL`. */
  #shareCount = 0
  /** What the last change, if it was a rise, was measured as, and how much further it went; else 0 and 1. */
  #riseRatio = 0
  #overshoot = 1

  constructor(options: VardiffOptions, nowMs: number) {
    this.#options = options
    this.#difficulty = options.startDifficulty
    this.#minDifficulty = options.minDifficulty
    this.#isFixed = options.isFixed === true
    this.#aliveMs = nowMs
  }

  /** What the session's next job is to be assigned: exactly this, or its shares are no evidence. */
  get difficulty(): number {
    return this.#difficulty
  }

  /**
   * Counts an accepted share. One that was assigned another difficulty belongs to a job from before the last change:
   * it proves that the miner is alive, and nothing about the present difficulty. Returns the new difficulty when it
   * changes.
   */
  onShare(nowMs: number, assignedDifficulty: number): number | undefined {
    this.#isHeard = true
    if (nowMs < this.#aliveMs) this.#restart(nowMs)
    this.#aliveMs = nowMs
    if (assignedDifficulty !== this.#difficulty) return undefined
    if (this.#shareCount < MIN_SHARES_TO_FALL) this.#shareCount++
    if (nowMs - this.#lastMs >= PACKET_MS) this.#forget()
    this.#lastMs = nowMs
    if (!(nowMs - this.#firstMs >= PACKET_MS)) {
      // Nobody knows how long the shares of the first packet took to find: the evidence begins behind them.
      this.#firstMs = Math.min(this.#firstMs, nowMs)
      this.#forgetAll()
      return undefined
    }
    this.#riseCount++
    this.#fallCount++
    return this.#judge(nowMs)
  }

  /** To be called every second or so, shares or not. Returns the new difficulty when it changes. */
  onIdle(nowMs: number): number | undefined {
    if (nowMs < this.#aliveMs) this.#restart(nowMs)
    if (this.#firstMs === Infinity) return this.#judgeSilence(nowMs)
    if (nowMs - this.#lastMs >= PACKET_MS) this.#forget()
    return this.#judge(nowMs)
  }

  /**
   * Takes a miner's `suggest_difficulty` as its starting point. Once shares have come the pool knows better, and
   * the same suggestion repeated (NerdMiner's keepalive, every 30 s) says nothing new.
   */
  onSuggestion(nowMs: number, difficulty: number): number | undefined {
    if (this.#isFixed || this.#isHeard || difficulty === this.#suggested) return undefined
    this.#suggested = difficulty
    return this.#change(roundDifficulty(difficulty), nowMs)
  }

  /** No difficulty below this one from now on (`minimum-difficulty`, `md=`, a profile): the highest that was asked holds. */
  onMinimum(nowMs: number, minDifficulty: number): number | undefined {
    if (this.#options.isFixed === true) return undefined
    const asked = Math.min(minDifficulty, this.#options.maxDifficulty)
    if (asked > this.#minDifficulty) this.#minDifficulty = asked
    return this.#difficulty < this.#minDifficulty ? this.#change(this.#minDifficulty, nowMs) : undefined
  }

  /** This difficulty from now on, within the bounds, whatever the miner finds (`d=`). */
  onFixed(nowMs: number, difficulty: number): number | undefined {
    if (this.#options.isFixed === true) return undefined
    this.#isFixed = true
    return this.#change(difficulty, nowMs)
  }

  /** The session goes on where an earlier one of the same miner ended. */
  onResume(nowMs: number, difficulty: number): number | undefined {
    if (this.#isFixed) return undefined
    this.#isHeard = true
    return this.#change(difficulty, nowMs)
  }

  /** Shares that the wanted rate brings in a time. */
  #sharesDue(elapsedMs: number): number {
    return (elapsedMs * this.#options.sharesPerMinute) / MS_PER_MINUTE
  }

  /** Compares what came with what was due, once a share of the present difficulty has come. */
  #judge(nowMs: number): number | undefined {
    if (this.#isFixed) return undefined
    if (this.#hasNewPart(nowMs) && this.#riseCount >= MIN_SHARES_TO_RISE) {
      const due = this.#sharesDue(Math.max(nowMs - this.#riseStartMs, MIN_RISE_MS))
      if (this.#isTooMany(this.#riseCount, due)) return this.#rise(this.#riseCount / due, nowMs)
    }
    const gapDue = this.#sharesDue(nowMs - this.#lastMs)
    if (gapDue >= SILENCE_SHARES) return this.#fall(0, gapDue, nowMs)
    if (this.#fallCount === 0) return undefined
    const due = this.#sharesDue(nowMs - this.#fallStartMs)
    return this.#isTooFew(this.#fallCount, due) ? this.#fall(this.#fallCount, due, nowMs) : undefined
  }

  /** Whether enough has come since the last look to look again. Evidence from before a jump is then left out. */
  #hasNewPart(nowMs: number): boolean {
    const count = this.#riseCount - this.#markCount
    const partMs = nowMs - this.#markMs
    if (count < RENEWAL_SHARES || partMs < MIN_RISE_MS) return this.#riseCount >= FLOOD_SHARES
    const wholeMs = nowMs - this.#riseStartMs
    if (count * wholeMs > this.#riseCount * partMs * RENEWAL_FACTOR) {
      this.#riseStartMs = this.#markMs
      this.#riseCount = count
    }
    this.#markMs = nowMs
    this.#markCount = this.#riseCount
    return true
  }

  #isTooMany(count: number, due: number): boolean {
    return count >= due * HYSTERESIS_FACTOR && surpriseOf(count, due * EDGE_FACTOR) >= CHANGE_SURPRISE
  }

  #isTooFew(count: number, due: number): boolean {
    return count * HYSTERESIS_FACTOR <= due && surpriseOf(count, due / EDGE_FACTOR) >= CHANGE_SURPRISE
  }

  /** Before the first share of the present difficulty. */
  #judgeSilence(nowMs: number): number | undefined {
    if (this.#isFixed) return undefined
    const due = this.#sharesDue(nowMs - this.#aliveMs)
    if (this.#isHeard) return this.#isTooFew(0, due) ? this.#fall(0, due, nowMs) : undefined
    if (due < FIRST_SILENCE_SHARES) return undefined
    const factor = firstFallFactor(this.#difficulty, this.#options.sharesPerMinute)
    if (due < silenceBeforeFall(factor)) return undefined
    return this.#change(roundDifficulty(this.#difficulty / factor), nowMs)
  }

  #rise(ratio: number, nowMs: number): number | undefined {
    const { sharesPerMinute } = this.#options
    const overshoot = overshootOf(this.#difficulty, ratio, this.#riseRatio, sharesPerMinute)
    const difficulty = this.#approach(ratio, ratio * overshoot, nowMs)
    this.#riseRatio = ratio
    this.#overshoot = overshoot
    return difficulty
  }

  #fall(count: number, due: number, nowMs: number): number | undefined {
    if (count >= MIN_SHARES_TO_FALL) return this.#approach(count / due, count / due, nowMs)
    return this.#change(roundDifficulty(this.#difficulty / this.#fallFactor(count, due)), nowMs)
  }

  #fallFactor(count: number, due: number): number {
    if (count > 0) return guessedFallFactor(count, due)
    if (this.#overshoot > 1) return this.#overshoot
    const wasRunning = this.#shareCount >= MIN_SHARES_TO_FALL
    return laterFallFactor(this.#difficulty, this.#options.sharesPerMinute, wasRunning)
  }

  /** Changes by `factor`, if that brings a rate of `ratio` times the wanted one clearly nearer to it. */
  #approach(ratio: number, factor: number, nowMs: number): number | undefined {
    const wanted = roundDifficulty(this.#difficulty * factor)
    const left = Math.abs(Math.log((ratio * this.#difficulty) / wanted))
    if (left > Math.abs(Math.log(ratio)) - MIN_GAIN) {
      this.#forgetAll()
      return undefined
    }
    return this.#change(wanted, nowMs)
  }

  #change(wanted: number, nowMs: number): number | undefined {
    this.#restart(nowMs)
    this.#shareCount = 0
    this.#riseRatio = 0
    this.#overshoot = 1
    const bounded = Math.min(Math.max(wanted, this.#minDifficulty), this.#options.maxDifficulty)
    if (bounded === this.#difficulty) return undefined
    this.#difficulty = bounded
    return bounded
  }

  #restart(nowMs: number): void {
    this.#aliveMs = nowMs
    this.#firstMs = Infinity
    this.#lastMs = Infinity
  }

  /**
   * Lets each side begin anew at the last share, unless what it has so far speaks for it. A share that comes after a
   * silence is thus counted together with the silence, and so is the rest of its packet.
   */
  #forget(): void {
    const riseDue = this.#sharesDue(this.#lastMs - this.#riseStartMs)
    if (this.#riseCount < riseDue * EDGE_FACTOR) this.#forgetRise()
    const fallDue = this.#sharesDue(this.#lastMs - this.#fallStartMs)
    if (this.#fallCount * EDGE_FACTOR > fallDue) {
      this.#fallStartMs = this.#lastMs
      this.#fallCount = 0
    }
  }

  #forgetRise(): void {
    this.#riseStartMs = this.#markMs = this.#lastMs
    this.#riseCount = this.#markCount = 0
  }

  #forgetAll(): void {
    this.#forgetRise()
    this.#fallStartMs = this.#lastMs
    this.#fallCount = 0
  }
}
