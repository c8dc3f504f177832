import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { nbitsOfTarget, targetOfDifficulty } from '@headframe/core/chain/target'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE } from '@headframe/core/job/job'
import type { Database } from '@headframe/db/database'
import { pruneSegments } from '@headframe/db/prune/prune-segments'
import { rollUpSegments } from '@headframe/db/rollup/roll-up-segments'
import { SegmentWriter } from '@headframe/engine/journal/segment-writer'
import type { JournalShare } from '@headframe/engine/journal/writer-options'
import { createLog } from '@headframe/engine/log'
import { formatCount, minersOf, type BenchmarkOptions } from '../benchmark.js'
import { numberedAddress } from '../load/numbered-address.js'
import { cpuTimeMs } from '../measure/cpu-time.js'
import { percentile } from '../percentile.js'
import type { Row } from '../report.js'
import { nobodysAddress } from '../serve-pool.js'
import { withDatabase, type BenchDatabase } from './with-database.js'

const NETWORK = 'testnet4'
const MINERS = 10_000
const SHARES_PER_SECOND = 20_000
const SECONDS = 60
const QUICK_SECONDS = 6
/** Between two portions of shares, as they come from sockets. */
const TICK_MS = 10
const POLL_MS = 50
const DRAIN_TIMEOUT_MS = 120_000

/** A share's way from the journal of a stratum process to Postgres, as fast as the largest pool of one machine. */
export async function benchJournalIngest(options: BenchmarkOptions): Promise<Row[]> {
  const seconds = options.isQuick ? QUICK_SECONDS : SECONDS
  const miners = minersOf(MINERS, options)
  return withDatabase(async (database) => {
    const emptyBytes = await sizeOf(database.db)
    const dataDir = join(database.directory, 'data')
    const shipper = startShipper(database, dataDir)
    try {
      const ingested = await ingest(database, dataDir, miners, seconds)
      const shipperMs = cpuTimeMs(shipper.pid!)
      const million = ingested.shares / 1e6
      const name = `${formatCount(SHARES_PER_SECOND)} shares/s of ${formatCount(miners)} miners, ${seconds} s`
      return [
        {
          what: `arrived, ${name}`,
          unit: 'shares/s',
          median: ingested.perSecond,
          goal: { atLeast: SHARES_PER_SECOND * 0.98 },
          isMoreBetter: true,
        },
        {
          what: `share to Postgres p50, ${name}`,
          unit: 's',
          median: percentile(ingested.lagsMs, 50) / 1_000,
        },
        {
          what: `share to Postgres p99, ${name}`,
          unit: 's',
          median: percentile(ingested.lagsMs, 99) / 1_000,
        },
        { what: `CPU of the shipper, a second of shares`, unit: 'ms', median: shipperMs / seconds },
        ...(await growthRows(database.db, emptyBytes, million)),
      ]
    } finally {
      const ended = once(shipper, 'exit')
      shipper.kill()
      await ended
    }
  })
}

/** The shipper as `serve` starts it. */
function startShipper({ url }: BenchDatabase, dataDir: string): ChildProcess {
  const program = createRequire(import.meta.url).resolve('@headframe/engine/ship')
  const env = {
    PATH: '/usr/bin:/bin',
    DATA_DIR: dataDir,
    DATABASE_URL: url,
    REDIS_URL: 'redis://127.0.0.1:1',
    BITCOIND_URLS: 'http://u:p@127.0.0.1:1',
    POOL_ADDRESS: nobodysAddress(NETWORK),
    LOG_LEVEL: 'error',
  }
  return fork(program, { env })
}

interface Ingested {
  readonly shares: number
  /** From the first share to the moment the last one had arrived. */
  readonly perSecond: number
  /** How old the newest share was that had arrived, sampled. */
  readonly lagsMs: readonly number[]
}

async function ingest(
  { db }: BenchDatabase,
  dataDir: string,
  miners: number,
  seconds: number,
): Promise<Ingested> {
  const log = createLog({ level: 'silent', name: 'bench' })
  const writer = await SegmentWriter.open({ dataDir, slot: 0, network: NETWORK }, { log, nowMs: Date.now })
  const source = new ShareSource(miners)
  const startedMs = performance.now()
  const watch = watchLag(db, startedMs, SHARES_PER_SECOND * seconds)
  for (let sent = 0; sent < SHARES_PER_SECOND * seconds;) {
    const due = Math.min(
      ((performance.now() - startedMs) * SHARES_PER_SECOND) / 1_000,
      SHARES_PER_SECOND * seconds,
    )
    for (; sent < due; sent++) writer.append(source.next())
    await sleep(TICK_MS)
  }
  await writer.close()
  const { endedMs, lagsMs } = await watch
  const shares = SHARES_PER_SECOND * seconds
  return { shares, perSecond: (shares * 1_000) / (endedMs - startedMs), lagsMs }
}

/** Share n was written n / rate seconds after the start, so that what has arrived tells how far Postgres is behind. */
async function watchLag(
  db: Database,
  startedMs: number,
  shares: number,
): Promise<{ endedMs: number; lagsMs: number[] }> {
  const lagsMs: number[] = []
  const deadline = performance.now() + (shares / SHARES_PER_SECOND) * 1_000 + DRAIN_TIMEOUT_MS
  while (performance.now() < deadline) {
    const { rows } = await db.pool.query<{ count: string }>('SELECT share_count AS count FROM journal_head')
    const arrived = Number(rows[0]!.count)
    const nowMs = performance.now()
    if (arrived > 0) lagsMs.push(nowMs - startedMs - (arrived * 1_000) / SHARES_PER_SECOND)
    if (arrived >= shares) return { endedMs: nowMs, lagsMs }
    await sleep(POLL_MS)
  }
  throw new Error(`Postgres is still behind ${DRAIN_TIMEOUT_MS / 1_000} s after the last share`)
}

/** What a database has grown by, and what is left of it when prune has taken what no window needs. */
async function growthRows(db: Database, emptyBytes: number, million: number): Promise<Row[]> {
  while ((await rollUpSegments(db)).isBehind);
  const grownBytes = (await sizeOf(db)) - emptyBytes
  while ((await pruneSegments(db, { sealedBeforeMs: Date.now(), keepScore: 0n })) > 0);
  await db.pool.query('VACUUM FULL')
  const keptBytes = (await sizeOf(db)) - emptyBytes
  return [
    { what: 'database growth, a million shares', unit: 'MB', median: grownBytes / 1e6 / million },
    {
      what: 'of it kept by prune, a million shares',
      unit: 'MB',
      median: Math.max(keptBytes, 0) / 1e6 / million,
    },
  ]
}

async function sizeOf(db: Database): Promise<number> {
  const { rows } = await db.pool.query<{ bytes: string }>(
    'SELECT pg_database_size(current_database()) AS bytes',
  )
  return Number(rows[0]!.bytes)
}

/** Shares of one job, of each miner in turn. */
class ShareSource {
  readonly #shares: readonly JournalShare[]
  #at = 0

  constructor(miners: number) {
    this.#shares = Array.from({ length: miners }, (_, n): JournalShare => {
      const worker = { address: numberedAddress(n, NETWORK), workerName: 'rig', mode: 'pplns' as const }
      const assigned = { job: JOB, extranonce1: new Uint8Array(EXTRANONCE1_SIZE), assignedDifficulty: 1 }
      const submission = { extranonce2: new Uint8Array(EXTRANONCE2_SIZE), ntime: 1, nonce: n }
      return {
        worker,
        assigned: assigned as unknown as JournalShare['assigned'],
        submission,
        check: { version: 0x20000000 },
        atMs: 0,
      }
    })
  }

  next(): JournalShare {
    const share = this.#shares[this.#at]!
    this.#at = (this.#at + 1) % this.#shares.length
    return { ...share, atMs: Date.now() }
  }
}

const JOB = {
  jobId: '00000001',
  height: 101,
  version: 0x20000000,
  prevHash: new Uint8Array(32),
  nbits: nbitsOfTarget(targetOfDifficulty(2.5e6)),
  coinbasePrefix: new Uint8Array(120),
  coinbaseSuffix: new Uint8Array(120),
  merklePath: Array.from({ length: 12 }, () => new Uint8Array(32)),
}
