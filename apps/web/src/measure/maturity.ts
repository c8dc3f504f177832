/** Blocks that must stand on top before a coinbase can be spent (Bitcoin Core `COINBASE_MATURITY`). */
export const MATURITY_BLOCKS = 100

/** Blocks on top of one that has this many confirmations, of which it is itself the first; at most the maturity. */
export function blocksOnTop(confirmations: number): number {
  return Math.min(Math.max(confirmations - 1, 0), MATURITY_BLOCKS)
}

/** Blocks that are still to come before a coinbase with this many confirmations can be spent. */
export function blocksToMaturity(confirmations: number): number {
  return MATURITY_BLOCKS - blocksOnTop(confirmations)
}
