import type { RejectReason } from '@headframe/core/share/share'

/**
 * Reasons that are the miner's doing. What came late is the network's (or a restart's), a wrong name is a mistake that
 * its owner has to read about, and `pool-busy` is ours: these count neither way.
 */
const BLAMED: ReadonlySet<RejectReason> = new Set<RejectReason>([
  'duplicate-share',
  'difficulty-too-low',
  'bad-extranonce-size',
  'bad-ntime',
  'bad-version-bits',
  'not-subscribed',
  'malformed',
])

export function isBlamed(reason: RejectReason): boolean {
  return BLAMED.has(reason)
}
