import type { Database } from '@headframe/db/database'
import type { FoundMiner } from '@headframe/db/miner/find-miner'
import { readPool, type SavedPool } from '@headframe/db/pool/read-pool'
import type { MomentCache } from './cache'
import type { Meter } from './limit/meter'
import type { LiveFeed } from './live/live-feed'
import type { ConsoleKey } from './operators/console-key'
import type { Site } from './site'
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
  /** Between the word of a miner that he wants to be paid elsewhere and the first payout there. */
  readonly payoutAddressDelayMs: number
}

/** What every procedure works with. */
export interface RequestContext extends Context {
  readonly viewer: Viewer
  /** Counts his calls; absent where nobody is counted. */
  readonly meter?: Meter | undefined
  /** Keys to pages of miners who are not listed, as the visitor has them. */
  readonly viewKeys: readonly string[]
  /** Miners that this request has asked for, by address; absent: each time anew. */
  readonly foundMiners?: Map<string, Promise<FoundMiner | undefined>> | undefined
  /** Under what name he sees this server: host, and port when it has one. */
  readonly host: string
  /** The same, as a browser has it. */
  readonly site: Site
  /** The network address that the call comes from; undefined where that cannot be told for sure. */
  readonly peer?: string | undefined
}

/** What is in force; undefined while `settle` has never started. */
export async function poolSettings(context: Context): Promise<SavedPool | undefined> {
  const settings = await context.cache.get('pool', () => readPool(context.database.pool))
  if (settings !== undefined) context.live.listen(settings.network)
  return settings
}
