import { hostname } from 'node:os'
import type { Network } from '@headframe/core/chain/network'
import { liveKeys } from '@headframe/core/live/live-feed'
import type { EngineOptions } from '../env.js'
import { ProgramFeed } from '../live/program-feed.js'
import { connectDroppableRedis } from '../live/redis.js'
import type { Log } from '../log.js'
import type { Shipper } from './shipper.js'

export interface ShipperFeedModules {
  readonly shipper: Pick<Shipper, 'look' | 'doing'>
  readonly log: Log
  readonly nowMs: () => number
}

/** Names and sizes of thousands of files: not too often. */
const LOOK_INTERVAL_MS = 5_000

/** Tells operators of the shipper, and of what lies on the disk. What cannot be sent is dropped. */
export function openShipperFeed(
  { REDIS_URL: redisUrl }: Pick<EngineOptions, 'REDIS_URL'>,
  network: Network,
  { shipper, log, nowMs }: ShipperFeedModules,
): { readonly close: () => Promise<void> } {
  const redis = connectDroppableRedis(redisUrl, log)
  const keys = liveKeys(network)
  const program = new ProgramFeed(
    { program: 'shipper', keys },
    { redis, nowMs, doing: () => shipper.doing() },
  )
  let looking: Promise<void> | undefined
  const tell = async (): Promise<void> => {
    if (redis.status === 'ready')
      await redis.hset(keys.journals, hostname(), JSON.stringify(await shipper.look()))
  }
  const begin = (): void => {
    looking ??= tell()
      .catch(() => undefined)
      .finally(() => (looking = undefined))
  }
  const timer = setInterval(begin, LOOK_INTERVAL_MS)
  program.start()
  return {
    async close() {
      clearInterval(timer)
      await looking
      await program.close()
      redis.disconnect()
    },
  }
}
