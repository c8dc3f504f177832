import { setTimeout as sleep } from 'node:timers/promises'
import { liveKeys } from '@headframe/core/live/live-feed'
import { Redis } from 'ioredis'
import { formatCount, minersOf, type BenchmarkOptions } from '../benchmark.js'
import { cpuTimeMs } from '../measure/cpu-time.js'
import { settledResidentBytes } from '../measure/resident-memory.js'
import type { Row } from '../report.js'
import { rowOfRounds } from '../rounds.js'
import { NETWORK } from '../seed/seed-size.js'
import { LiveSubscribers } from './live-subscribers.js'
import { withWebPool, type WebPool } from './web-pool.js'

const SUBSCRIBERS = 5_000
/** What a page is told of does not hang on how much there is in the database. */
const SMALL = { miners: 20, workers: 60, days: 30, seed: 1 }
/** In turns, so that what somebody hears is never of the round before. */
const TOPICS = ['block', 'tip'] as const
const ROUNDS = 10
/** A page is told of news at most once a second. */
const PAUSE_MS = 2_500
const HEAR_TIMEOUT_MS = 15_000
const MAX_LAST_MS = 1_000
const MAX_SUBSCRIBER_KILOBYTES = 100

/** 5,000 open pages on one web process, and news from the engine for all of them. */
export async function benchWebLive(options: BenchmarkOptions): Promise<Row[]> {
  const count = minersOf(SUBSCRIBERS, options)
  return withWebPool(SMALL, options, async (pool) => {
    const subscribers = new LiveSubscribers()
    try {
      // What the server needs for anybody at all is there before.
      await fetch(`${pool.url}/`)
      const beforeBytes = await settledResidentBytes(pool.pid)
      await subscribers.open(pool.url, count)
      const afterBytes = await settledResidentBytes(pool.pid)
      const told = await tellAll(pool, subscribers, count)
      const name = `${formatCount(count)} subscribers`
      return [
        {
          what: `have a live stream, of ${name}`,
          unit: 'pages',
          median: subscribers.live,
          goal: { atLeast: count },
          isMoreBetter: true,
        },
        {
          what: `lost, or not told of every news, ${name}`,
          unit: 'pages',
          median: subscribers.lost + told.missed,
          goal: { atMost: 0 },
        },
        rowOfRounds(
          { what: `news published to the last page, ${name}`, unit: 'ms', goal: { atMost: MAX_LAST_MS } },
          told.lastMs,
        ),
        {
          what: `memory of a page, ${name}`,
          unit: 'KB',
          median: (afterBytes - beforeBytes) / count / 1e3,
          goal: { atMost: MAX_SUBSCRIBER_KILOBYTES },
        },
        { what: `memory of the web process, ${name}`, unit: 'MB', median: afterBytes / 1e6 },
        { what: `CPU of one news to all, ${name}`, unit: 'ms', median: told.cpuMs / ROUNDS },
      ]
    } finally {
      subscribers.close()
    }
  })
}

interface Told {
  readonly lastMs: readonly number[]
  readonly missed: number
  readonly cpuMs: number
}

async function tellAll(
  { redis: { url }, pid }: WebPool,
  subscribers: LiveSubscribers,
  count: number,
): Promise<Told> {
  const redis = new Redis(url)
  const lastMs: number[] = []
  let missed = 0
  const cpuBeforeMs = cpuTimeMs(pid)
  try {
    for (let round = 0; round < ROUNDS; round++) {
      await sleep(PAUSE_MS)
      const topic = TOPICS[round % TOPICS.length]!
      const heard = subscribers.hear(topic, HEAR_TIMEOUT_MS)
      const publishedAtMs = performance.now()
      await redis.publish(liveKeys(NETWORK).events, JSON.stringify({ type: topic }))
      missed += count - (await heard)
      lastMs.push(performance.now() - publishedAtMs)
    }
  } finally {
    redis.disconnect()
  }
  return { lastMs, missed, cpuMs: cpuTimeMs(pid) - cpuBeforeMs }
}
