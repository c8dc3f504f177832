import { chanceOfAtMost } from './poisson.js'

/** What a miner's shares should have found, and what they have. */
export interface MinerLuck {
  readonly address: string
  /** Blocks that were to be expected of his work: the sum of work over the network's work for a block. */
  readonly expectedBlocks: number
  readonly foundBlocks: number
}

export interface SuspectedMiner extends MinerLuck {
  /** That somebody among all of them is as unlucky by chance alone (Bonferroni). */
  readonly chance: number
}

/**
 * Miners who have found fewer blocks than chance explains. As many are looked at, as many times is the chance of each:
 * otherwise the unluckiest of many honest miners would look like a thief. It is a report, and no proof.
 */
export function judgeWithholding(miners: readonly MinerLuck[], chanceBelow: number): SuspectedMiner[] {
  return miners
    .map((miner) => ({
      ...miner,
      chance: Math.min(1, chanceOfAtMost(miner.foundBlocks, miner.expectedBlocks) * miners.length),
    }))
    .filter(({ chance }) => chance < chanceBelow)
    .sort((a, b) => a.chance - b.chance)
}
