import type { LiveTask } from '@headframe/core/live/live-system'
import type { Queue } from 'bullmq'

/** Failures that are told of; all that are remembered are in Redis. */
const MAX_ERRORS = 5
const MAX_REASON_CHARS = 500

/** How a queue stands, as Redis has it. Waits for a Redis that is away. */
export async function describeQueue(queue: Queue): Promise<Omit<LiveTask, 'name' | 'isFailing' | 'everyMs'>> {
  const [counts, [last], failed] = await Promise.all([
    queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed'),
    queue.getCompleted(0, 0),
    queue.getFailed(0, MAX_ERRORS - 1),
  ])
  const ends = [last, failed[0]].filter((run) => run?.finishedOn !== undefined)
  const newest = ends.sort((a, b) => b!.finishedOn! - a!.finishedOn!)[0]
  return {
    waiting: (counts['waiting'] ?? 0) + (counts['prioritized'] ?? 0),
    active: counts['active'] ?? 0,
    delayed: counts['delayed'] ?? 0,
    failed: counts['failed'] ?? 0,
    lastRun: newest && {
      atMs: newest.finishedOn!,
      tookMs: newest.finishedOn! - (newest.processedOn ?? newest.finishedOn!),
    },
    errors: failed.map(({ finishedOn, timestamp, failedReason }) => ({
      atMs: finishedOn ?? timestamp,
      reason: failedReason.slice(0, MAX_REASON_CHARS),
    })),
  }
}
