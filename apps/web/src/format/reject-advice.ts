import type { RejectReason } from '@headframe/core/share/share'

const ADVICE: Readonly<Record<RejectReason, string>> = {
  'job-not-found':
    'The machine works on a job that the pool does not know any more. It clears up after a reconnect; if it goes on, the firmware keeps old work for too long, or a proxy mixes jobs up.',
  'stale-share':
    'A new block had come and this share was for the old one. A few in a thousand are normal. More means that new work arrives late: look at the network to the pool (Wi-Fi, proxies), or choose a server that is nearer.',
  'late-share':
    'It came a moment after a new block, and this pool does not credit such shares. A few are normal; many mean a slow way to the pool.',
  'duplicate-share':
    'The machine has sent the same share twice. Only one counts, so nothing is lost. Many of them point to a firmware or proxy that repeats itself: update it.',
  'difficulty-too-low':
    'The hash does not reach the difficulty that the job was given. Some machines send a few right after it was raised. If it goes on, the firmware ignores the difficulty: update it, or set a fixed one in the password (d=).',
  'bad-extranonce-size':
    'The machine does not use the size of extranonce that the pool has told it. The firmware or a proxy in between is at fault.',
  'bad-ntime':
    'The time in the header is out of bounds. Look at the clock of the machine, or at its firmware.',
  'bad-version-bits':
    'The machine rolls version bits that it was not allowed to. Update its firmware, or turn version rolling off.',
  'unauthorized-worker':
    'Shares came under a name that was not authorized on this connection. Set the same username everywhere, a payout address and a name behind a dot.',
  'not-subscribed': 'Shares came before the machine had subscribed. Restart it; a proxy may be at fault.',
  malformed: 'The message could not be read. The firmware or a proxy sends what is not Stratum: update it.',
  'pool-busy':
    'The pool could not write shares down for a moment, and says so rather than to lose them. It is no fault of the machine; the status page tells more.',
}

const BY_REASON: Readonly<Record<string, string | undefined>> = ADVICE

/** What a miner can do about rejects of this reason. */
export function rejectAdvice(reason: string): string {
  return BY_REASON[reason] ?? 'This page does not know this reason yet.'
}
