import type { DirectSplit } from '../../src/job/direct-split.js'

/** Miners of the same score, in this order. */
export function directTo(...scripts: readonly Uint8Array[]): DirectSplit {
  return {
    window: { endPosition: 7n, endIndex: 2, pplnsWindow: 4, feeBasisPoints: 100, finderBonusBasisPoints: 50 },
    total: BigInt(Math.max(1, scripts.length)),
    payees: scripts.map((script, index) => ({
      script,
      prefixBefore: BigInt(index),
      prefixAfter: BigInt(index + 1),
    })),
  }
}
