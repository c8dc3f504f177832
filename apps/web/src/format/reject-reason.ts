import type { RejectReason } from '@headframe/core/share/share'

const TEXTS: Readonly<Record<RejectReason, string>> = {
  'job-not-found': 'Unknown job',
  'stale-share': 'Too late: a new block had come',
  'late-share': 'Just after a new block',
  'duplicate-share': 'Sent twice',
  'difficulty-too-low': 'Below its difficulty',
  'bad-extranonce-size': 'Extranonce of wrong size',
  'bad-ntime': 'Time out of bounds',
  'bad-version-bits': 'Version bits not allowed',
  'unauthorized-worker': 'Worker not authorized',
  'not-subscribed': 'Not subscribed',
  malformed: 'Not understood',
  'pool-busy': 'Pool could not take it',
}

/** What the pool found wrong, in a miner's words. A reason that is newer than this page has none. */
export const REJECT_TEXTS: Readonly<Record<string, string | undefined>> = TEXTS
