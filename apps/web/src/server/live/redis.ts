import { Redis } from 'ioredis'

const RECONNECT_MAX_MS = 5_000
/** A page would rather say "unknown" than wait for what is only nice to know. */
const COMMAND_TIMEOUT_MS = 800

/** Two connections, because one that subscribes can do nothing else. Commands fail at once while Redis is away. */
export interface RedisConnections {
  readonly commands: Redis
  readonly subscriber: Redis
}

export function connectRedis(url: string): RedisConnections {
  return { commands: connect(url), subscriber: connect(url) }
}

function connect(url: string): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    // What the calls of one batch ask for goes out in one write, which costs more than what it carries.
    enableAutoPipelining: true,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    retryStrategy: (attempt) => Math.min(attempt * 200, RECONNECT_MAX_MS),
  })
  // Without a listener a lost connection would end the process; the feed's state tells the pages.
  redis.on('error', () => undefined)
  return redis
}
