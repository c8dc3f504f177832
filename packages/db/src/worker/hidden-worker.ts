/**
 * Whether a worker is hidden, as SQL over the table `worker`: its miner does not want to see it any more. One that has
 * worked since is back. Whatever anybody may see leaves it out.
 */
export const HIDDEN_WORKER =
  "coalesce(worker.hidden_at >= coalesce(worker.last_share_at, '-infinity'), false)"
