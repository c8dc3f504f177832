import type { ChainWindow } from './chain-window.js'
import { NETWORKS, type NetworkParams } from './network.js'
import { nbitsOfTarget, targetOfNbits } from './target.js'

const TARGET_SPACING_SECONDS = 600
/** On networks with a rule of minimum difficulty a block that is later than this may be as easy as any. */
const MIN_DIFFICULTY_AFTER_SECONDS = 2 * TARGET_SPACING_SECONDS

/**
 * nbits of the block behind the window's tip when its time is `ntime` (Bitcoin Core `pow.cpp` GetNextWorkRequired,
 * BIP 94 for testnet4). Only on networks with a rule of minimum difficulty does the time matter.
 */
export function nextNbits(window: ChainWindow, ntime: number): number {
  const params = NETWORKS[window.network]
  if (params.difficultyRule === 'fixed') return window.nbits
  if ((window.height + 1) % params.retargetIntervalBlocks === 0) return retarget(window, params)
  if (params.difficultyRule === 'plain') return window.nbits
  const isLate = ntime > window.ntimes.at(-1)! + MIN_DIFFICULTY_AFTER_SECONDS
  return isLate ? nbitsOfTarget(params.powLimit) : window.ordinaryNbits
}

/** BIP 94 starts from the period's first block, which cannot be one of minimum difficulty. */
function retarget(window: ChainWindow, { difficultyRule, powLimit }: NetworkParams): number {
  const { periodStart } = window
  const nbits = difficultyRule === 'bip94' ? periodStart.nbits : window.nbits
  return retargetedNbits(nbits, window.ntimes.at(-1)! - periodStart.ntime, powLimit)
}

const TARGET_TIMESPAN_SECONDS = 14 * 24 * 60 * 60
/** A period changes the difficulty by no more than this factor. */
const MAX_FACTOR = 4

/**
 * nbits after a period that took `timespanSeconds` at `nbits` (Bitcoin Core `pow.cpp` CalculateNextWorkRequired).
 * The period has 2,016 blocks but 2,015 intervals: a mistake of 2009 that is now a rule.
 */
export function retargetedNbits(nbits: number, timespanSeconds: number, powLimit: bigint): number {
  const shortest = TARGET_TIMESPAN_SECONDS / MAX_FACTOR
  const longest = TARGET_TIMESPAN_SECONDS * MAX_FACTOR
  const timespan = Math.min(Math.max(timespanSeconds, shortest), longest)
  const target = ((targetOfNbits(nbits) ?? 0n) * BigInt(timespan)) / BigInt(TARGET_TIMESPAN_SECONDS)
  return nbitsOfTarget(target > powLimit ? powLimit : target)
}
