import {
  liveKeys,
  type LiveCanary,
  type LiveNode,
  type LiveProcess,
  type LiveSelfCheck,
  type LiveTips,
  type LiveWorker,
} from '@headframe/core/live/live-feed'
import { PARTS } from '@headframe/core/status/part'
import type { Database } from '@headframe/db/database'
import { readChainTip } from '@headframe/db/pool/read-chain-tip'
import { recordLook } from '@headframe/db/status/record-look'
import { Redis } from 'ioredis'
import { NETWORK } from '../seed/seed-size.js'
import type { WebPool } from '../web/web-pool.js'

/** A miner, and names of his workers that are there. */
export interface Garage {
  readonly address: string
  readonly workers: readonly string[]
}

const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS
const EVERY_MS = 1_000
const KEYS = liveKeys(NETWORK)
const [PORT, SOLO_PORT] = [3333, 3334] as const
const AGENTS = ['bitaxe/BM1370', 'cgminer/4.12.1', 'bosminer-plus-tuner 0.9.0'] as const
const WELL = PARTS.map((part) => ({ part, state: 'up', text: '' }) as const)
const JOB_ID = '0000c41f'

/**
 * Says of a made-up pool what the engine says of a real one: that all is well, by the live feed and by the status watch,
 * with one trouble some days ago. Returns what ends it.
 */
export async function playEngine(
  { db, redis: { url } }: WebPool,
  garage: Garage,
  networkDifficulty: number,
): Promise<() => Promise<void>> {
  const redis = new Redis(url)
  await openPorts(db)
  await fillWatch(db)
  const height = (await readChainTip(db.pool))!.height
  const say = async (): Promise<void> => {
    const nowMs = Date.now()
    await sayAll(redis, garage, { height, networkDifficulty }, nowMs)
    await recordLook(db, { atMs: nowMs, sinceMs: nowMs - EVERY_MS, findings: WELL })
  }
  await say()
  const timer = setInterval(() => void say().catch((error: unknown) => console.error(error)), EVERY_MS)
  return async () => {
    clearInterval(timer)
    await redis.quit()
  }
}

/** The seed's pool has none. */
async function openPorts(db: Database): Promise<void> {
  const port = {
    startDifficulty: 4_096,
    minDifficulty: 16,
    maxDifficulty: 1e12,
    fixed: false,
    sharesPerMinute: 12,
  }
  const plain = { ...port, tls: false, proxy: false, direct: false }
  const ports = [
    { ...plain, port: PORT, mode: 'pplns' },
    { ...plain, port: SOLO_PORT, mode: 'solo' },
  ]
  await db.pool.query('UPDATE pool SET stratum_ports = $1', [JSON.stringify(ports)])
}

/** Two months of looks, one of which found a node away. */
async function fillWatch(db: Database): Promise<void> {
  const nowMs = Date.now()
  await db.pool.query('INSERT INTO status_watch (began_at, looked_at) VALUES ($1, $2)', [
    new Date(nowMs - 60 * DAY_MS),
    new Date(nowMs - MINUTE_MS / 2),
  ])
  await recordLook(db, { atMs: nowMs, sinceMs: nowMs - 60 * DAY_MS, findings: WELL })
  await db.pool.query('UPDATE part_state SET since = $1', [new Date(nowMs - 9 * DAY_MS)])
  const openedAt = new Date(nowMs - 9.2 * DAY_MS)
  await db.pool.query(
    `INSERT INTO incident (part, kind, text, opened_at, closed_at, ended) VALUES ('nodes', 'degraded', $1, $2, $3, $4)`,
    [
      '1 of 2 nodes: backup does not answer',
      openedAt,
      new Date(nowMs - 9 * DAY_MS),
      'both nodes are well again',
    ],
  )
}

interface Chain {
  readonly height: number
  readonly networkDifficulty: number
}

function sayAll(redis: Redis, { address, workers }: Garage, chain: Chain, nowMs: number): Promise<unknown> {
  const told = redis.multi()
  const put = (key: string, value: object) => told.set(key, JSON.stringify(value), 'PX', 10 * EVERY_MS)
  const { height } = chain
  put(KEYS.node, nodeAt(chain, nowMs))
  put(KEYS.selfCheck, selfCheckAt(height, nowMs))
  put(KEYS.canary, canaryAt(height, nowMs))
  put(KEYS.tips, tipsAt(height, nowMs))
  for (const [index, writerId] of ['s00', 's01'].entries())
    told.hset(KEYS.processes, writerId, JSON.stringify(processAt(index, nowMs)))
  for (const [index, name] of workers.entries())
    told.hset(KEYS.miner(address), `s00/${name}`, JSON.stringify(workerAt(index, nowMs)))
  return told.exec()
}

function nodeAt(chain: Chain, nowMs: number): LiveNode {
  const sinceMs = nowMs - 9 * DAY_MS
  const well = { ...chain, state: 'ok', message: '', sinceMs } as const
  const entry = { ...well, templateFeesSats: '8412000', templateAgeMs: 12_000 }
  return {
    ...well,
    atMs: nowMs,
    jobAgeMs: 12_000,
    nodes: [
      { ...entry, name: 'main', isChosen: true },
      { ...entry, name: 'backup', isChosen: false },
    ],
  }
}

const selfCheckAt = (height: number, nowMs: number): LiveSelfCheck => ({
  atMs: nowMs - 12_000,
  jobId: JOB_ID,
  height: height + 1,
  node: 'main',
  results: ['pool', 'solo'].map((variant) => ({ variant, result: null })),
})

const canaryAt = (height: number, nowMs: number): LiveCanary => ({
  atMs: nowMs,
  ports: [PORT, SOLO_PORT].map((port) => ({
    ...{ port, jobId: JOB_ID, height: height + 1, lastJobAtMs: nowMs - 12_000, problems: [] },
  })),
})

const tipsAt = (height: number, nowMs: number): LiveTips => ({
  tips: Array.from({ length: 12 }, (_, ago) => ({
    height: height - ago,
    atMs: nowMs - ago * 10 * MINUTE_MS - 45_000,
    source: 'rawblock',
    jobMs: 3 + (ago % 3),
    firstNotifyMs: 4 + (ago % 3),
    lastNotifyMs: 21 + ((ago * 7) % 13),
    minerCount: 2_700 + ((ago * 31) % 90),
  })),
})

const processAt = (index: number, nowMs: number): LiveProcess => ({
  atMs: nowMs,
  connections: 1_380 - 17 * index,
  workers: 1_391 - 17 * index,
  eventLoopDelayP99Ms: 2.1 + 0.2 * index,
  lastShareAtMs: nowMs - 200,
  lateSharesCredited: 12,
  profileHits: {},
})

const workerAt = (index: number, nowMs: number): LiveWorker => ({
  atMs: nowMs,
  connections: 1,
  connectedAtMs: nowMs - (index + 1) * DAY_MS,
  difficulty: 4_096 * 2 ** index,
  lastShareAtMs: nowMs - 3_000,
  userAgent: AGENTS[index % AGENTS.length]!,
})
