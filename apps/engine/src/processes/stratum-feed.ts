import type { LiveKeys } from '@headframe/core/live/live-feed'
import type { Redis } from 'ioredis'
import type { JobStore } from '../jobs/job-store.js'
import type { SegmentWriter } from '../journal/segment-writer.js'
import { ProgramFeed } from '../live/program-feed.js'
import type { ClientProfiles } from '../stratum/client-profiles.js'
import { ProfileFeed } from '../stratum/profile-feed.js'

export interface StratumFeedModules {
  readonly redis: Redis
  readonly writer: Pick<SegmentWriter, 'writerId' | 'state'>
  readonly jobs: Pick<JobStore, 'hasWork'>
  readonly profiles: ClientProfiles
  readonly isListening: () => boolean
  readonly nowMs: () => number
}

/** What operators see of a stratum process: what it is doing, and which clients it knows. */
export function openStratumFeed(
  keys: LiveKeys,
  { redis, writer, jobs, profiles, isListening, nowMs }: StratumFeedModules,
): { readonly close: () => Promise<void> } {
  const doing = (): string => {
    if (writer.state === 'failed') return 'refuses shares: its disk cannot be written'
    if (!isListening()) return 'waits for its first job'
    return jobs.hasWork ? 'takes miners and their shares' : 'sends miners away: there is no work'
  }
  const { writerId } = writer
  const program = new ProgramFeed({ program: 'stratum', name: writerId, keys }, { redis, nowMs, doing })
  const profileFeed = new ProfileFeed({ writerId, keys }, { redis, profiles, nowMs })
  program.start()
  profileFeed.start()
  return {
    async close() {
      profileFeed.close()
      await program.close()
    },
  }
}
