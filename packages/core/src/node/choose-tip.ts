/** What a node says of its best chain. */
export interface TipClaim {
  readonly node: string
  /** Display order. */
  readonly hash: string
  readonly chainwork: bigint
  /** When the node was first heard to be on it. */
  readonly sinceMs: number
  /** Whether the node answers and is in order; otherwise this was its last word. */
  readonly isHealthy: boolean
}

export interface Tip {
  readonly hash: string
  readonly chainwork: bigint
}

/**
 * Why miners are to work on another tip: it is the `first` that is known; it has `more-work`; the old one was
 * `withdrawn` by every node that had it; or it was on nodes that are away, and those that are here have one of
 * `equal-work`, or one of less after a `silence`.
 */
export type TipReason = 'first' | 'more-work' | 'withdrawn' | 'equal-work' | 'silence'

export interface TipChoice {
  readonly claim: TipClaim
  readonly reason: TipReason
}

/**
 * The tip to work on, or undefined to stay on `current`. Most work wins, whatever the heights; of equal work the one
 * that was seen first (Bitcoin Core `validation.cpp` CBlockIndexWorkComparator), so two nodes that disagree cannot make
 * miners flit. `isSilent` says that no healthy node has confirmed the current tip for too long.
 */
export function chooseTip(
  current: Tip | undefined,
  claims: readonly TipClaim[],
  isSilent: boolean,
): TipChoice | undefined {
  const best = bestClaim(claims.filter(({ isHealthy }) => isHealthy))
  if (best === undefined) return undefined
  if (current === undefined) return { claim: best, reason: 'first' }
  if (best.hash === current.hash) return undefined
  if (best.chainwork > current.chainwork) return { claim: best, reason: 'more-work' }
  const holders = claims.filter(({ hash }) => hash === current.hash)
  if (holders.length === 0) return { claim: best, reason: 'withdrawn' }
  if (holders.some(({ isHealthy }) => isHealthy)) return undefined
  if (best.chainwork === current.chainwork) return { claim: best, reason: 'equal-work' }
  return isSilent ? { claim: best, reason: 'silence' } : undefined
}

function bestClaim(claims: readonly TipClaim[]): TipClaim | undefined {
  let best: TipClaim | undefined
  for (const claim of claims) if (best === undefined || isBetter(claim, best)) best = claim
  return best
}

function isBetter(claim: TipClaim, than: TipClaim): boolean {
  if (claim.chainwork !== than.chainwork) return claim.chainwork > than.chainwork
  return claim.sinceMs < than.sinceMs
}
