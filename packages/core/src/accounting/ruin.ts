/** The chance of ruin that a reserve is told for. */
const CHANCE = 0.001

/** How far a reserve goes. */
export interface ReserveRisk {
  readonly reserveInBlocks: number
  /** From 0 to 1: that bad luck uses it up, sooner or later. */
  readonly ruinChance: number
}

/**
 * Whoever pays shares out of a reserve of R, with a fee f and blocks worth B, is ruined sooner or later with the chance
 * exp(-2 f R / B) (M. Rosenfeld, "Analysis of Bitcoin Pooled Mining Reward Systems", 2011, for shares much smaller than
 * a block). A reserve that is used up goes nowhere.
 */
export function riskOf(reserveSats: bigint, blockSats: bigint, feeBasisPoints: number): ReserveRisk {
  const reserveInBlocks = Math.max(0, Number(reserveSats) / Number(blockSats))
  return { reserveInBlocks, ruinChance: Math.exp((-2 * feeBasisPoints * reserveInBlocks) / 10_000) }
}

/** The reserve that is ruined with this chance, in blocks: ln(1 / chance) / (2 f). Infinity without a fee. */
export function reserveFor(chance: number, feeBasisPoints: number): number {
  return (Math.log(1 / chance) * 10_000) / (2 * feeBasisPoints)
}

/** In words, for whoever has to say what he holds. */
export function describeReserve(feeBasisPoints: number): string {
  const blocks = Math.ceil(reserveFor(CHANCE, feeBasisPoints))
  const fee = `with a fee of ${feeBasisPoints / 100} %`
  return `${fee} bad luck uses up a reserve of what ${blocks} blocks pay once in ${1 / CHANCE} times`
}
