import { liveKeys } from '@headframe/core/live/live-feed'
import type { Network } from '@headframe/core/chain/network'
import type { LiveTask } from '@headframe/core/live/live-system'
import { saveAlertKey } from '@headframe/db/alert/alert-key'
import { pruneAlerts } from '@headframe/db/alert/deliveries'
import type { Database } from '@headframe/db/database'
import type { Redis } from 'ioredis'
import type { EngineOptions } from '../env.js'
import type { Log } from '../log.js'
import type { PoolObserver } from '../status/pool-observer.js'
import { alertKeyOf, openAlertSecrets, openChannels, poolNameOf } from './alert-options.js'
import { AlertPost } from './alert-post.js'
import { Rounds } from './rounds.js'
import { Sender } from './sender.js'
import { SharesEar } from './shares-ear.js'
import { WatchMiners } from './watch-miners.js'
import { WatchPool } from './watch-pool.js'

export interface AlertRoomModules {
  readonly db: Database
  readonly network: Network
  /** For BullMQ. */
  readonly connection: Redis
  /** Fails at once while Redis is away. */
  readonly redis: Redis
  readonly observer: PoolObserver
  readonly log: Log
  readonly nowMs: () => number
}

export interface AlertRoom {
  /** How the queues stand that alerts are sent from. Waits for a Redis that is away. */
  describeQueues(): Promise<LiveTask[]>
  close(): Promise<void>
}

const POOL_EVERY_MS = 10_000
const MINERS_EVERY_MS = 30_000
const PRUNE_EVERY_MS = 3_600_000
/** What was told is remembered for as long. */
const KEPT_MS = 90 * 86_400_000

/**
 * All of the alerts: who looks, and the post that delivers. They go round by themselves and not as tasks of BullMQ, because
 * an alarm about Redis must not wait for Redis.
 */
export async function openAlertRoom(options: EngineOptions, modules: AlertRoomModules): Promise<AlertRoom> {
  const { db, network, log, nowMs, connection, redis, observer } = modules
  const secrets = await openAlertSecrets(options)
  const channels = openChannels(options, secrets, { nowMs })
  await saveAlertKey(db.pool, alertKeyOf(options, secrets, channels))
  const keys = liveKeys(network)
  const ear = new SharesEar(redis.duplicate(), keys, nowMs)
  const pool = new WatchPool(
    { dataDir: options.DATA_DIR, epochMs: options.PUBLIC_LOG_EPOCH_SECONDS * 1_000 },
    { db, observer, sharesSeenAtMs: () => ear.seenAtMs, nowMs },
  )
  const miners = new WatchMiners({ db, redis, keys, nowMs })
  const sender = new Sender(
    { poolName: poolNameOf(options), webUrl: options.WEB_PUBLIC_URL, discordUrl: options.ALERT_DISCORD_URL },
    { db, channels, secrets, log, nowMs },
  )
  const post = new AlertPost({ prefix: `headframe:${network}` }, { db, sender, connection, log, nowMs })
  const rounds = [
    new Rounds('watch-pool', POOL_EVERY_MS, () => pool.look(), log),
    new Rounds('watch-miners', MINERS_EVERY_MS, (signal) => miners.look(signal), log),
    new Rounds('prune-alerts', PRUNE_EVERY_MS, () => pruneAlerts(db.pool, nowMs() - KEPT_MS), log),
  ]
  for (const each of rounds) each.start()
  post.start()
  return {
    describeQueues: () => post.describeQueues(),
    async close() {
      await Promise.all(rounds.map((each) => each.close()))
      await post.close()
      ear.close()
      for (const channel of Object.values(channels)) channel?.close?.()
    },
  }
}
