import { setTimeout as sleep } from 'node:timers/promises'
import { openServePool, nobodysAddress, type ServePool } from '@headframe/bench/serve-pool'
import { bytesToHex } from '@headframe/core/bytes'
import { decodeSegment } from '@headframe/core/journal/decode-segment'
import { paidJob } from '@headframe/core/journal/paid-job'
import { shareHash } from '@headframe/core/journal/share-hash'
import type { JobRecord, WorkerRecord } from '@headframe/core/journal/segment'
import { openDatabase } from '@headframe/db/database'
import { solve } from '@headframe/miner/solve'
import { StratumClient } from '@headframe/miner/stratum-client'
import { expect, test } from '@playwright/test'

const MINERS = 3
const CHAIN = 'testnet4'
/** Acknowledged shares between two blows: the stream is in full flow again. */
const FLOW = 200
/** More than the age at which a segment is sealed, and the time it takes to ship it. */
const LAST_SEGMENT_MS = 3_000

/** What the pool said of each share that was sent, by header hash. */
interface Record {
  readonly acknowledged: Set<string>
  /** Sent, and the connection was lost before an answer: the pool may or may not have it. */
  readonly unanswered: Set<string>
}

test('kill -9 of stratum, shipper, Postgres and Redis in a stream of shares loses none and counts none twice', async () => {
  const pool = await openServePool({ chain: CHAIN, port: 'fixed=1e-9' })
  try {
    const record: Record = { acknowledged: new Set(), unanswered: new Set() }
    const stop = new AbortController()
    const miners = Array.from({ length: MINERS }, (_, number) => mineUntil(pool, number, record, stop.signal))
    const flow = (): Promise<void> => {
      const enough = record.acknowledged.size + FLOW
      return expect.poll(() => record.acknowledged.size, { intervals: [20] }).toBeGreaterThan(enough)
    }
    await flow()
    kill(pool.stratumPid())
    await flow()
    kill(pool.shipperPid())
    await flow()
    kill(pool.postgres.child.pid)
    kill(pool.redis.child.pid)
    // Without Postgres and Redis miners notice nothing.
    await flow()
    kill(pool.stratumPid())
    await flow()
    await pool.restartPostgres()
    await flow()
    kill(pool.shipperPid())
    kill(pool.stratumPid())
    await flow()
    stop.abort()
    await Promise.all(miners)

    const inDatabase = await readHashes(pool, record.acknowledged.size)
    expect(new Set(inDatabase).size).toBe(inDatabase.length)
    const missing = [...record.acknowledged].filter((hash) => !inDatabase.includes(hash))
    expect(missing).toEqual([])
    const strangers = inDatabase.filter(
      (hash) => !record.acknowledged.has(hash) && !record.unanswered.has(hash),
    )
    expect(strangers).toEqual([])
  } finally {
    await pool.close()
  }
})

function kill(pid: number): void {
  process.kill(pid, 'SIGKILL')
}

/** A miner that comes back whenever its connection is lost. */
async function mineUntil(
  pool: ServePool,
  number: number,
  record: Record,
  signal: AbortSignal,
): Promise<void> {
  const username = `${nobodysAddress(CHAIN)}.rig${number}`
  for (let round = 0; !signal.aborted; round++) {
    try {
      const client = await StratumClient.connect({ host: '127.0.0.1', port: pool.stratumPort })
      await client.subscribe()
      await client.authorize(username)
      await submitUntil(client, record, signal)
      await client.close()
    } catch {
      await sleep(50)
    }
  }
}

async function submitUntil(client: StratumClient, record: Record, signal: AbortSignal): Promise<void> {
  for (let extranonce2 = 0; !signal.aborted; extranonce2++) {
    const solution = solve(await client.jobWhere(), { extranonce2 })
    const hash = bytesToHex(solution.hash)
    record.unanswered.add(hash)
    const answer = await client.submit(solution)
    record.unanswered.delete(hash)
    if (!answer.isAccepted) throw new Error(answer.text)
    record.acknowledged.add(hash)
    await sleep(2)
  }
}

/** The header hash of every share in the database, recomputed from the segments, once `atLeast` are there. */
async function readHashes(pool: ServePool, atLeast: number): Promise<string[]> {
  const database = openDatabase({ url: pool.postgres.url })
  try {
    const count = async (): Promise<number> => {
      const { rows } = await database.pool.query<{ count: number }>(
        'SELECT coalesce(sum(share_count), 0)::int AS count FROM segment',
      )
      return rows[0]!.count
    }
    await expect.poll(count, { timeout: 60_000 }).toBeGreaterThanOrEqual(atLeast)
    // The last segment may still hold shares whose answer was lost.
    await sleep(LAST_SEGMENT_MS)
    const { rows } = await database.pool.query<{ payload: Buffer }>(
      'SELECT payload FROM segment ORDER BY position',
    )
    return rows.flatMap(({ payload }) => hashesOf(payload))
  } finally {
    await database.close()
  }
}

function hashesOf(payload: Uint8Array): string[] {
  const { header, records } = decodeSegment(payload)
  const workers = records.filter((record): record is WorkerRecord => record.kind === 'worker')
  const jobs = records.filter((record): record is JobRecord => record.kind === 'job')
  return records
    .filter((record) => record.kind === 'share')
    .map((share) => {
      const job = paidJob(jobs[share.jobRef]!, workers[share.workerRef]!, header.network)
      return bytesToHex(shareHash(job, share))
    })
}
