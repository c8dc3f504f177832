import { Redis } from 'ioredis'
import type { Log } from '../log.js'

const RECONNECT_MAX_MS = 5_000
const COMMAND_TIMEOUT_MS = 2_000

/**
 * A connection for what may be lost: commands fail at once while Redis is away instead of queueing, and the log says
 * once that it went and once that it came back.
 */
export function connectDroppableRedis(url: string, log: Log): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    retryStrategy: (attempt) => Math.min(attempt * 200, RECONNECT_MAX_MS),
  })
  let isAway = false
  redis.on('error', (error: Error) => {
    if (!isAway)
      log.warn({ reason: error.message }, 'Redis is away; the live feed is dropped until it is back')
    isAway = true
  })
  redis.on('ready', () => {
    if (isAway) log.info('Redis is back')
    isAway = false
  })
  return redis
}
