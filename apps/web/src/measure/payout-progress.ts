interface Terms {
  readonly thresholdSats: bigint
  /** Nobody is paid less. */
  readonly minimumSats: bigint
}

/** How far what is available has come on its way to a payout. */
export interface PayoutProgress {
  /** From which on the miner is paid. */
  readonly targetSats: bigint
  readonly missingSats: bigint
  /** Whole, rounded down: 100 only when nothing is missing. */
  readonly percent: number
}

/** `ownThresholdSats`: undefined for a miner who goes by the pool's. */
export function progressToPayout(
  availableSats: bigint,
  { thresholdSats, minimumSats }: Terms,
  ownThresholdSats: bigint | undefined,
): PayoutProgress {
  const wantedSats = ownThresholdSats ?? thresholdSats
  const targetSats = wantedSats > minimumSats ? wantedSats : minimumSats
  const missingSats = availableSats >= targetSats ? 0n : targetSats - availableSats
  const percent = missingSats === 0n ? 100 : Number((availableSats * 100n) / targetSats)
  return { targetSats, missingSats, percent }
}
