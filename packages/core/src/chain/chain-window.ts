import { equalBytes } from '../bytes.js'
import type { BlockHeader } from './header.js'
import { MEDIAN_TIME_BLOCKS, medianTimePast } from './median-time-past.js'
import { NETWORKS, type Network } from './network.js'
import { nextNbits } from './next-nbits.js'
import { isHashAtMost, nbitsOfTarget, targetOfNbits, targetToBytes, workOfTarget } from './target.js'

/** What has to be known of a chain to say what its next block must look like. Times are seconds. */
export interface ChainWindow {
  readonly network: Network
  /** Of the tip, internal order. */
  readonly hash: Uint8Array
  readonly height: number
  /** Work of the whole chain, the tip's included. */
  readonly chainwork: bigint
  /** Of the last eleven blocks, or as many as there are, the tip's last. */
  readonly ntimes: readonly number[]
  readonly nbits: number
  /** The first block of the difficulty period that the tip is in. */
  readonly periodStart: { readonly ntime: number; readonly nbits: number }
  /**
   * Of the last block since the period began that was not as easy as a block may be, or of the first one: what counts
   * on networks with a rule of minimum difficulty.
   */
  readonly ordinaryNbits: number
}

/** A header that says of itself that it is the next one; whether it is true is for `problemOfNext` to say. */
export function extendWindow(window: ChainWindow, header: BlockHeader, hash: Uint8Array): ChainWindow {
  const { retargetIntervalBlocks, powLimit } = NETWORKS[window.network]
  const { ntime, nbits } = header
  const height = window.height + 1
  const isPeriodStart = height % retargetIntervalBlocks === 0
  const isOrdinary = isPeriodStart || nbits !== nbitsOfTarget(powLimit)
  return {
    network: window.network,
    hash,
    height,
    chainwork: window.chainwork + workOfTarget(targetOfNbits(nbits) ?? 0n),
    ntimes: [...window.ntimes, ntime].slice(-MEDIAN_TIME_BLOCKS),
    nbits,
    periodStart: isPeriodStart ? { ntime, nbits } : window.periodStart,
    ordinaryNbits: isOrdinary ? nbits : window.ordinaryNbits,
  }
}

export type NextBlockProblem = 'not-connected' | 'wrong-nbits' | 'no-proof-of-work' | 'too-old'

/**
 * Why a header cannot be the block behind the window's tip, or null when nothing that the window knows speaks against
 * it: the chain, the difficulty, the work itself and the time (Bitcoin Core `validation.cpp`
 * ContextualCheckBlockHeader). Forging it costs as much as a block.
 */
export function problemOfNext(
  window: ChainWindow,
  header: BlockHeader,
  hash: Uint8Array,
): NextBlockProblem | null {
  if (!equalBytes(header.prevHash, window.hash)) return 'not-connected'
  if (header.nbits !== nextNbits(window, header.ntime)) return 'wrong-nbits'
  const target = targetOfNbits(header.nbits)
  if (target === null || !isHashAtMost(hash, targetToBytes(target))) return 'no-proof-of-work'
  return header.ntime <= medianTimePast(window.ntimes) ? 'too-old' : null
}
