import { roundDifficulty } from './round-difficulty.js'
import { surpriseOf } from './surprise.js'

/** What a port wants. Difficulties lie between 1e-9 and 2^53, and min <= start <= max. */
export interface VardiffOptions {
  /** Shares a minute that a miner should find, whatever its hashrate. */
  readonly sharesPerMinute: number
  readonly minDifficulty: number
  readonly maxDifficulty: number
  /** What a session begins with. */
  readonly startDifficulty: number
  /** When true, `startDifficulty` is kept for ever. */
  readonly isFixed?: boolean
}

/**
 * A change needs this much surprise (see `surpriseOf`): a chance of at most e^-7, one in a thousand, that luck alone
 * looks like it. Looking again at every share makes luck likelier, the band below makes it rarer.
 */
const CHANGE_SURPRISE = 7

/** A share rate within this factor of the wanted one is left alone: a new difficulty costs the miner a job. */
const HYSTERESIS_FACTOR = 1.5

/** No rise before this many shares: fewer in one packet are a hiccup of the network, not a hashrate. */
const MIN_SHARES_TO_RISE = 8

/** Largest rise of one step: a burst that filled one packet does not say how long it took to find. */
const MAX_RISE_FACTOR = 64

/**
 * Silence that counts as too long, in shares that were due. A session that has not found a share yet is probably at
 * a difficulty far too high (e^-6: one in 400 is only unlucky, and rises again); a gap between the shares of a
 * running miner is tested once a share, thousands of times a day, and must be rarer.
 */
const FIRST_SILENCE_SHARES = 6
const SILENCE_SHARES = 11

/** First fall of a silence, squared by each further one up to a bound: what is unknown is the order of magnitude. */
const SILENCE_FALL_FACTOR = 4
const MAX_SILENCE_FALL_FACTOR = 256

/** When this many shares were due and nothing had to change, half of the evidence is dropped, to stay awake. */
const WINDOW_SHARES = 64

const MS_PER_MINUTE = 60_000

/**
 * Chooses the difficulty of one session, so that a miner of any hashrate finds about the same number of shares a
 * minute. Pure: time comes in, a new difficulty comes out. Upwards at once when a burst proves it, downwards only
 * after the time that proves it.
 *
 * The hashrate is estimated as difficulty found over time, which is unbiased. Evidence is gathered at one difficulty
 * and begins anew when it changes. `nowMs` is any clock in milliseconds, better one that never jumps; one that is set
 * back only restarts the evidence.
 */
export class Vardiff {
  readonly #options: VardiffOptions
  #difficulty: number
  #minDifficulty: number
  #suggested: number | undefined
  /** Evidence: shares at the present difficulty since a moment. A fraction is left when half is dropped. */
  #startMs: number
  #shareCount = 0
  #hasFoundShare = false
  /** Start of the silence now running: the last share, or the last fall because of silence. */
  #silenceStartMs: number
  #silenceFallFactor = SILENCE_FALL_FACTOR

  constructor(options: VardiffOptions, nowMs: number) {
    this.#options = options
    this.#difficulty = options.startDifficulty
    this.#minDifficulty = options.minDifficulty
    this.#startMs = nowMs
    this.#silenceStartMs = nowMs
  }

  /** What the session's next job is to be assigned: exactly this, or its shares are no evidence. */
  get difficulty(): number {
    return this.#difficulty
  }

  /**
   * Counts an accepted share. One that was assigned another difficulty belongs to a job from before the last change:
   * it proves that the miner is alive, and nothing about the present difficulty. (A packet that comes late, full of
   * such shares, would otherwise look like a burst.) Returns the new difficulty when it changes.
   */
  onShare(nowMs: number, assignedDifficulty: number): number | undefined {
    this.#hasFoundShare = true
    this.#silenceStartMs = nowMs
    this.#silenceFallFactor = SILENCE_FALL_FACTOR
    if (assignedDifficulty === this.#difficulty) this.#shareCount++
    return this.#judge(nowMs)
  }

  /** To be called every few seconds, shares or not. Returns the new difficulty when it changes. */
  onIdle(nowMs: number): number | undefined {
    if (nowMs < this.#silenceStartMs) this.#silenceStartMs = nowMs
    const limit = this.#hasFoundShare ? SILENCE_SHARES : FIRST_SILENCE_SHARES
    return this.#sharesDue(nowMs - this.#silenceStartMs) < limit
      ? this.#judge(nowMs)
      : this.#fallSilent(nowMs)
  }

  /**
   * Takes a miner's `suggest_difficulty` as its starting point. Once shares have come the pool knows better, and
   * the same suggestion repeated (NerdMiner's keepalive, every 30 s) says nothing new.
   */
  onSuggestion(nowMs: number, difficulty: number): number | undefined {
    if (this.#hasFoundShare || difficulty === this.#suggested) return undefined
    this.#suggested = difficulty
    this.#silenceStartMs = nowMs
    return this.#change(difficulty, nowMs)
  }

  /** The miner asked for no difficulty below this one (`minimum-difficulty` of BIP 310). */
  onMinimum(nowMs: number, minDifficulty: number): number | undefined {
    const { minDifficulty: floor, maxDifficulty } = this.#options
    this.#minDifficulty = Math.min(Math.max(minDifficulty, floor), maxDifficulty)
    return this.#difficulty < this.#minDifficulty ? this.#change(this.#minDifficulty, nowMs) : undefined
  }

  /** Shares that the wanted rate brings in a time. */
  #sharesDue(elapsedMs: number): number {
    return (elapsedMs * this.#options.sharesPerMinute) / MS_PER_MINUTE
  }

  /** Compares what came with what was due. */
  #judge(nowMs: number): number | undefined {
    if (nowMs < this.#startMs) this.#restart(nowMs)
    const count = this.#shareCount
    const due = this.#sharesDue(nowMs - this.#startMs)
    // A silence has its own, slower rule.
    const isSure = count > 0 && surpriseOf(count, due) >= CHANGE_SURPRISE
    if (isSure && count >= due * HYSTERESIS_FACTOR && count >= MIN_SHARES_TO_RISE) {
      // The window ends with a share because it was the share that ended it: one less to estimate with.
      return this.#change(this.#difficulty * Math.min((count - 1) / due, MAX_RISE_FACTOR), nowMs)
    }
    if (isSure && count <= due / HYSTERESIS_FACTOR) {
      // And this one ends within a gap, most likely a long one: the share that ends the gap is counted already.
      return this.#change((this.#difficulty * (count + 1)) / due, nowMs)
    }
    if (due >= WINDOW_SHARES) this.#halve(nowMs)
    return undefined
  }

  #fallSilent(nowMs: number): number | undefined {
    const factor = this.#silenceFallFactor
    this.#silenceStartMs = nowMs
    this.#silenceFallFactor = Math.min(factor ** 2, MAX_SILENCE_FALL_FACTOR)
    return this.#change(this.#difficulty / factor, nowMs)
  }

  #change(wanted: number, nowMs: number): number | undefined {
    this.#restart(nowMs)
    if (this.#options.isFixed === true) return undefined
    const bounded = Math.min(
      Math.max(roundDifficulty(wanted), this.#minDifficulty),
      this.#options.maxDifficulty,
    )
    if (bounded === this.#difficulty) return undefined
    this.#difficulty = bounded
    return bounded
  }

  #restart(nowMs: number): void {
    this.#startMs = nowMs
    this.#shareCount = 0
  }

  /** Half the time and half the shares: the same rate, with less weight against what comes next. */
  #halve(nowMs: number): void {
    this.#startMs += (nowMs - this.#startMs) / 2
    this.#shareCount /= 2
  }
}
