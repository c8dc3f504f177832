import { randomUUID } from 'node:crypto'
import type { Network } from '@headframe/core/chain/network'
import { isInForce, readBan, textOfBan } from '@headframe/core/live/ban'
import { liveKeys, type LiveBan } from '@headframe/core/live/live-feed'
import type { Redis } from 'ioredis'
import { reading, type LiveReading } from './read-live'

/** Others change the list at any time, though hardly the same entry. */
const MAX_TRIES = 5

/** Writes an entry if the one there is as it was read, and tells every process that there is news. */
const REPLACE = `
  if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
  redis.call('SET', KEYS[2], ARGV[4])
  return 1`

/** Whoever is not let in, the first to end first. */
export function readBans(
  redis: Redis,
  network: Network,
  nowMs: number,
): Promise<LiveReading<readonly LiveBan[]>> {
  return reading(async () => {
    const entries = Object.entries(await redis.hgetall(liveKeys(network).bans))
    return entries
      .flatMap(([field, text]) => readBan(field, text) ?? [])
      .filter((ban) => isInForce(ban, nowMs))
      .sort((a, b) => a.untilMs - b.untilMs || (a.address < b.address ? -1 : 1))
  })
}

/** The entry of an address, in force or not. */
export async function findBan(redis: Redis, network: Network, address: string): Promise<LiveBan | undefined> {
  const text = await redis.hget(liveKeys(network).bans, address)
  return text === null ? undefined : readBan(address, text)
}

/**
 * Puts the entry of an address in place of what is there. Every stratum process goes by it within a second, and writes
 * it again should Redis lose it. Throws what Redis does.
 */
export async function writeBan(
  redis: Redis,
  network: Network,
  address: string,
  decide: (previous: LiveBan | undefined) => LiveBan,
): Promise<LiveBan> {
  const keys = liveKeys(network)
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const before = (await redis.hget(keys.bans, address)) ?? ''
    const ban = decide(readBan(address, before))
    const version = `console:${randomUUID()}`
    const replaced = await redis.eval(
      REPLACE,
      2,
      keys.bans,
      keys.bansVersion,
      address,
      before,
      textOfBan(ban),
      version,
    )
    if (replaced === 1) return ban
  }
  throw new Error(`the ban of ${address} changes too fast to be written`)
}
