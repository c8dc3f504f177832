/** How far a block may be ahead of a node's clock, seconds (Bitcoin Core `chain.h` MAX_FUTURE_BLOCK_TIME). */
const MAX_FUTURE_BLOCK_SECONDS = 2 * 60 * 60

/** How far a miner may roll ntime ahead of the time that has passed since its job was made, seconds. */
const MAX_NTIME_ROLL_SECONDS = 600

/**
 * Whether a block with this ntime can be valid at all: not older than the template's `mintime` (median time past,
 * and BIP 94 where it holds), not further ahead than nodes accept. Outside of it there is nothing to win.
 */
export function isNtimeValid(ntime: number, mintime: number, nowSeconds: number): boolean {
  return ntime >= mintime && ntime <= nowSeconds + MAX_FUTURE_BLOCK_SECONDS
}

/**
 * Whether a share's ntime is one that honest work has: at most 600 s ahead of the job's own clock, which started
 * at the job's ntime when the job was made. The job's clock, not ours: a template may be dated ahead of the wall
 * clock (its mintime may be in the future), and then the miner must follow it. Without this bound, one job could
 * be mined at two hours' worth of timestamps, and a pool's blocks could drag the network's median time forward.
 * A wall clock that was set back counts as no time passed.
 */
export function isNtimeHonest(ntime: number, jobNtime: number, jobAgeSeconds: number): boolean {
  return ntime <= jobNtime + Math.max(0, jobAgeSeconds) + MAX_NTIME_ROLL_SECONDS
}
