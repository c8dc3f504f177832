import type { WorkerState } from '../../src/components/miner/miner-state'

/** A worker that is connected and has brought nothing yet. */
export function idleWorker(name: string, userAgent = 'miner/1'): WorkerState {
  const hashrate = { measured: false, why: 'no-share' } as const
  return {
    name,
    label: undefined,
    isHidden: false,
    lastShareAtMs: undefined,
    hour: hashrate,
    day: hashrate,
    acceptedCount: 0,
    rejects: {},
    staleCostSats: 0,
    bestDifficulty: undefined,
    presence: { state: 'online', connections: 1, difficulty: 1, userAgent, sinceMs: undefined },
  }
}
