import type { Network } from '@headframe/core/chain/network'
import { saveAlertKey } from '@headframe/db/alert/alert-key'
import type { Database } from '@headframe/db/database'
import type { Redis } from 'ioredis'
import type { EngineOptions } from '../env.js'
import type { Log } from '../log.js'
import { alertKeyOf, openAlertSecrets, openChannels, poolNameOf } from './alert-options.js'
import { AlertPost } from './alert-post.js'
import { Sender } from './sender.js'

export interface AlertRoomModules {
  readonly db: Database
  readonly network: Network
  /** For BullMQ. */
  readonly connection: Redis
  readonly log: Log
  readonly nowMs: () => number
}

export interface AlertRoom {
  close(): Promise<void>
}

/** All of the alerts: the key and the channels, and the post that delivers. */
export async function openAlertRoom(options: EngineOptions, modules: AlertRoomModules): Promise<AlertRoom> {
  const { db, network, log, nowMs, connection } = modules
  const secrets = await openAlertSecrets(options)
  const channels = openChannels(options, secrets, { nowMs })
  await saveAlertKey(db.pool, alertKeyOf(options, secrets, channels))
  const sender = new Sender(
    { poolName: poolNameOf(options), webUrl: options.WEB_PUBLIC_URL, discordUrl: options.ALERT_DISCORD_URL },
    { db, channels, secrets, log, nowMs },
  )
  const post = new AlertPost({ prefix: `headframe:${network}` }, { db, sender, connection, log, nowMs })
  post.start()
  return {
    async close() {
      await post.close()
      for (const channel of Object.values(channels)) channel?.close?.()
    },
  }
}
