/**
 * How long a miner that lost its connection, or whose process died, may come back and be judged as if nothing had
 * happened. What is known of jobs and sessions is kept for so long.
 */
export const RESUME_WINDOW_MS = 10 * 60_000
