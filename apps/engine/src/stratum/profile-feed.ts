import type { LiveKeys } from '@headframe/core/live/live-feed'
import type { LiveProfiles } from '@headframe/core/live/live-system'
import type { Redis } from 'ioredis'
import type { ClientProfiles } from './client-profiles.js'

export interface ProfileFeedModules {
  readonly redis: Redis
  readonly profiles: ClientProfiles
  readonly nowMs: () => number
}

const PUBLISH_INTERVAL_MS = 5_000
const MAX_CLIENTS = 100

/** Tells operators which profiles are in force and which clients have which. What cannot be sent is dropped. */
export class ProfileFeed {
  readonly #options: { readonly writerId: string; readonly keys: Pick<LiveKeys, 'profiles'> }
  readonly #modules: ProfileFeedModules
  #timer: NodeJS.Timeout | undefined

  constructor(
    options: { readonly writerId: string; readonly keys: Pick<LiveKeys, 'profiles'> },
    modules: ProfileFeedModules,
  ) {
    this.#options = options
    this.#modules = modules
  }

  start(): void {
    this.#timer = setInterval(() => void this.publish(), PUBLISH_INTERVAL_MS)
  }

  close(): void {
    clearInterval(this.#timer)
  }

  async publish(): Promise<void> {
    const { redis, profiles, nowMs } = this.#modules
    if (redis.status !== 'ready') return
    const { table, rules, census, hasFile, problem } = profiles
    const report: LiveProfiles = {
      ...{ atMs: nowMs(), hasFile, problem, profiles: [...table.profiles, table.fallback] },
      rules: rules.map(({ pattern, profile }) => ({ pattern, profile: profile.name })),
      ...{ hits: Object.fromEntries(profiles.counts().map(({ name, hits }) => [name, hits])) },
      ...{ sessions: census.byProfile(), ...census.list(MAX_CLIENTS) },
    }
    const { keys, writerId } = this.#options
    await redis.hset(keys.profiles, writerId, JSON.stringify(report)).catch(() => undefined)
  }
}
