import * as nodeFiles from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { decodeSegment } from '@headframe/core/journal/decode-segment'
import { openDatabase, type Database } from '@headframe/db/database'
import { appendSegment } from '@headframe/db/journal/append-segment'
import { readCursor } from '@headframe/db/journal/read-cursor'
import { migrate } from '@headframe/db/migrate'
import { createTestDatabase } from '@headframe/local/testing/services'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { KEEP_SHIPPED_MS } from '../../src/journal/remove-shipped.js'
import { SegmentShipper } from '../../src/journal/segment-shipper.js'
import type { SegmentWriter } from '../../src/journal/segment-writer.js'
import { ShipLoop } from '../../src/journal/ship-loop.js'
import { directoryOf, noncesOf, openWriter, silent, temporaryDirectory } from './journal-fixture.js'
import { until } from '../until.js'
import { shareNumber } from './journal-share.js'

let db: Database
let drop: () => Promise<void>

beforeAll(async () => {
  const created = await createTestDatabase()
  db = openDatabase({ url: created.url })
  await migrate(db.pool)
  drop = async () => {
    await db.close()
    await created.drop()
  }
})
afterAll(() => drop())

/** Breaks every other connection to the database, in the middle of whatever it is doing. */
async function breakConnections(): Promise<void> {
  await db.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  )
}

function startLoop(dataDir: string, nowMs: () => number = Date.now): ShipLoop {
  const segments = new SegmentShipper({
    directory: directoryOf(dataDir),
    files: nodeFiles,
    appendSegment: (segment, bytes) => appendSegment(db, segment, bytes),
    readNextSeq: async (writerId) => (await readCursor(db.pool, writerId)).nextSegmentSeq,
    log: silent,
    nowMs,
  })
  const loop = new ShipLoop({ ships: [segments], log: silent })
  loop.start()
  return loop
}

async function readShipped(writerId: string): Promise<number[]> {
  const { rows } = await db.pool.query<{ payload: Uint8Array }>(
    'SELECT payload FROM segment WHERE writer_id = $1 ORDER BY segment_seq',
    [writerId],
  )
  return noncesOf(rows.map(({ payload }) => decodeSegment(new Uint8Array(payload))))
}

it('brings every share of every writer to Postgres once, through broken connections and restarts', async () => {
  const dataDir = await temporaryDirectory()
  const options = { sealAfterMs: 20, sealAtBytes: 8192, nowMs: Date.now }
  const writers: SegmentWriter[] = []
  for (const slot of [0, 1]) writers.push(await openWriter(dataDir, { ...options, slot }))
  let loop = startLoop(dataDir)
  let nonce = 0
  for (let round = 0; round < 60; round++) {
    for (let i = 0; i < 20; i++, nonce++) {
      for (const writer of writers) {
        expect(writer.append(shareNumber(nonce, { atMs: Date.now() }))).toBe('appended')
      }
    }
    await sleep(5)
    if (round % 10 === 5) await breakConnections()
    if (round % 15 === 10) {
      await loop.close()
      loop = startLoop(dataDir)
    }
  }
  for (const writer of writers) await writer.close()
  const places = await Promise.all(writers.map(({ writerId }) => directoryOf(dataDir).listSegments(writerId)))
  const newest = places.map((list) => list.at(-1)!.segmentSeq)
  await until(async () => {
    const { rows } = await db.pool.query<{ next: string }>(
      'SELECT next_segment_seq AS next FROM writer ORDER BY writer_id',
    )
    return rows.length === 2 && rows.every(({ next }, i) => BigInt(next) === newest[i]! + 1n)
  })
  await loop.close()
  for (const [i, { writerId }] of writers.entries()) {
    expect(await directoryOf(dataDir).listSegments(writerId)).toHaveLength(Number(newest[i]!) + 1)
  }
  // Once it is old, only the newest of each writer stays.
  loop = startLoop(dataDir, () => Date.now() + KEEP_SHIPPED_MS)
  await until(async () => {
    const left = writers.map(({ writerId }) => directoryOf(dataDir).listSegments(writerId))
    return (await Promise.all(left)).every(({ length }) => length === 1)
  })
  await loop.close()

  const all = Array.from({ length: nonce }, (_, i) => i)
  for (const { writerId } of writers) {
    expect(await readShipped(writerId)).toEqual(all)
  }
  const { rows } = await db.pool.query<{ shares: string; segments: string; position: string }>(
    `SELECT (SELECT sum(share_count) FROM segment_sum) AS shares, (SELECT count(*) FROM segment) AS segments,
       (SELECT max(position) FROM segment) AS position`,
  )
  expect(Number(rows[0]!.shares)).toBe(2 * nonce)
  expect(rows[0]!.position).toBe(rows[0]!.segments)
  expect(Number(rows[0]!.segments)).toBe(Number(newest[0]! + newest[1]!) + 2)
})
