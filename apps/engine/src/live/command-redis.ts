import { Redis } from 'ioredis'

/** A connection for a command: there at once, or rejects with a sentence; `holds` is what the command wants of it. */
export async function connectCommandRedis(url: string, holds: string): Promise<Redis> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null })
  // `connect` itself rejects with the words "Connection is closed"; the reason comes here.
  let reason = 'no connection'
  redis.on('error', (error: Error) => (reason = error.message))
  await redis.connect().catch(() => {
    throw new Error(`Redis, which keeps ${holds}, does not answer: ${reason}`)
  })
  return redis
}
