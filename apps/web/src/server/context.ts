import type { Database } from '@headframe/db/database'
import { readPool, type SavedPool } from '@headframe/db/pool/read-pool'
import type { MomentCache } from './cache'
import type { Meter } from './limit/meter'
import type { LiveFeed } from './live/live-feed'
import type { ConsoleKey } from './operators/console-key'
import type { Viewer } from './viewer'

/** What the server process has one of. */
export interface Context {
  readonly database: Database
  readonly live: LiveFeed
  readonly cache: MomentCache
  readonly nowMs: () => number
  /** Host that miners connect to, when the operator has said so. */
  readonly stratumHost: string | undefined
  /** Where browsers find this server, when the operator has said so. */
  readonly publicUrl: string | undefined
  readonly consoleKey: ConsoleKey
}

/** What every procedure works with. */
export interface RequestContext extends Context {
  readonly viewer: Viewer
  /** Counts his calls; absent where nobody is counted. */
  readonly meter?: Meter
}

/** What is in force; undefined while `settle` has never started. */
export async function poolSettings(context: Context): Promise<SavedPool | undefined> {
  const settings = await context.cache.get('pool', () => readPool(context.database.pool))
  if (settings !== undefined) context.live.listen(settings.network)
  return settings
}
