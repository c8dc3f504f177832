import { SimulatedMiner, type MinerModel } from './simulated-miner.js'
import type { VardiffOptions } from './vardiff.js'

/** A session has settled when the shares of this many wanted ones were due without a change: 33 min at 12 a minute. */
const QUIET_SHARES = 400

/** A session that is changed more often is not waited for. */
const MAX_CHANGES = 16

/** What became of a session. */
export interface SettlingTrial {
  /** Every `mining.set_difficulty` after the one before the first job. */
  readonly changeCount: number
  /** From the beginning to the last change. */
  readonly settledMs: number
  /** The share rate at the end, as a multiple of the wanted one. */
  readonly rateRatio: number
  /** Shares until the last change took hold. */
  readonly sharesBefore: number
}

/** Runs a session of a steady hashrate until it has settled. */
export function runSettlingTrial(
  options: VardiffOptions,
  hashrate: number,
  model: Omit<MinerModel, 'hashrate'>,
): SettlingTrial {
  const miner = new SimulatedMiner(options, { ...model, hashrate: () => hashrate })
  const quietMs = (QUIET_SHARES * 60_000) / options.sharesPerMinute
  let settledMs = 0
  let sharesBefore = 0
  miner.runUntil(quietMs)
  while (settledMs !== lastChangeMs(miner) && miner.changes.length < MAX_CHANGES) {
    settledMs = lastChangeMs(miner)
    miner.runUntil(settledMs + quietMs)
  }
  for (const { shareCount } of miner.changes) sharesBefore = shareCount
  const rateRatio = miner.idealDifficulty / miner.vardiff.difficulty
  return { changeCount: miner.changes.length, settledMs, rateRatio, sharesBefore }
}

function lastChangeMs(miner: SimulatedMiner): number {
  return miner.changes.at(-1)?.atMs ?? 0
}
