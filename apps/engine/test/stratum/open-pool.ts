import { randomBytes } from 'node:crypto'
import * as nodeFiles from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Job } from '@headframe/core/job/job'
import type { HashedSubmission } from '@headframe/core/share/hashed-submission'
import { ShareValidator } from '@headframe/core/share/validate-share'
import { liveKeys } from '@headframe/core/live/live-feed'
import { parseStratumPorts } from '@headframe/core/stratum/stratum-ports'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { parseAddressList } from '../../src/address-list.js'
import { parseEngineOptions } from '../../src/env.js'
import { BanList } from '../../src/guard/ban-list.js'
import { guardOptions, type GuardOptions } from '../../src/guard/guard-options.js'
import { PeerGuard } from '../../src/guard/peer-guard.js'
import { JobStore } from '../../src/jobs/job-store.js'
import { JournalDirectory } from '../../src/journal/journal-directory.js'
import type { JournalFiles } from '../../src/journal/journal-files.js'
import { SegmentWriter } from '../../src/journal/segment-writer.js'
import { ConnectionLog } from '../../src/live/connection-log.js'
import { Presence } from '../../src/live/presence.js'
import type { Log } from '../../src/log.js'
import { Extranonce1Allocator } from '../../src/sessions/extranonce1-allocator.js'
import { Extranonce1File } from '../../src/sessions/extranonce1-file.js'
import { Home } from '../../src/sessions/home.js'
import { SessionRecords } from '../../src/sessions/session-records.js'
import { rebuildSeenShares } from '../../src/share/rebuild-seen-shares.js'
import { SeenShares } from '../../src/share/seen-shares.js'
import { SubmitShare } from '../../src/share/submit-share.js'
import { ClientProfiles } from '../../src/stratum/client-profiles.js'
import { StratumServer } from '../../src/stratum/server.js'
import { HeldExtranonce1 } from './held-extranonce1.js'

/** A stratum process without its node: real sockets, real journal, jobs as the test gives them. */
export interface OpenPool {
  readonly port: number
  /** Of all that was asked for, in their order. */
  readonly ports: readonly number[]
  readonly server: StratumServer
  readonly writer: SegmentWriter
  readonly dataDir: string
  readonly blocks: HashedSubmission[]
  readonly presence: Presence
  readonly guard: PeerGuard
  readonly records: SessionRecords
  readonly extranonce1: HeldExtranonce1
  /** Of a pool whose Redis was never there. */
  readonly bans: BanList
  /** Moves both of the pool's clocks, not the timers. `stepMs`: by how much the wall clock was set on or back. */
  readonly clock: { nowMs: number; stepMs: number }
  sendJob(job: Job): void
  /** Closes it; its folder goes too, unless it was given one. */
  close(): Promise<void>
}

export interface OpenPoolOptions {
  /** Of a pool that was closed before: this one takes up what it left. */
  readonly dataDir?: string
  /** Jobs that miners were given before. */
  readonly pastJobs?: readonly Job[]
  /** Which of the processes on `dataDir` this is: each has extranonce1 of its own, and a door to the others. */
  readonly slot?: number
  readonly limits?: Partial<GuardOptions>
  readonly creditsLateShares?: boolean
  /** The disk below the journal, tried again at once when it has failed; default: the real one. */
  readonly disk?: JournalFiles
  /** Default: says nothing. */
  readonly log?: Log
}

const START_MS = 1_700_000_000_000
const FIRST_PREFIX = 0x123
const GRACE_MS = 5_000
/** Of a disk of the test's. */
const RETRY_AFTER_MS = 5

/** The limits of an operator who has set none, for one process. */
export function defaultLimits(): GuardOptions {
  return guardOptions(
    parseEngineOptions({
      BITCOIND_URLS: 'http://127.0.0.1:8332',
      DATABASE_URL: 'postgresql://127.0.0.1/x',
      REDIS_URL: 'redis://127.0.0.1',
      POOL_ADDRESS: 'x',
      STRATUM_PROCESSES: '1',
    }),
  )
}

/** `ports` as in the settings, each of them with the number 0. Behind a port with `proxy` a client may be anybody. */
export async function openPool(ports = '0 fixed=1e-9', options: OpenPoolOptions = {}): Promise<OpenPool> {
  const dataDir = options.dataDir ?? (await nodeFiles.mkdtemp(join(tmpdir(), 'headframe-pool-')))
  const log = options.log ?? pino({ level: 'silent' })
  const clock = { nowMs: START_MS, stepMs: 0 }
  const nowMs = (): number => clock.nowMs + clock.stepMs
  const monotonicMs = (): number => performance.now() + clock.nowMs - START_MS
  const network = 'regtest'
  const slot = options.slot ?? 0
  const prefix = FIRST_PREFIX + slot
  const { disk } = options
  const writer = await SegmentWriter.open(
    { dataDir, slot, network, ...(disk && { retryAfterMs: RETRY_AFTER_MS }) },
    { log, nowMs, ...(disk && { files: disk }) },
  )
  const jobs = new JobStore()
  for (const job of options.pastJobs ?? []) jobs.addPast(job, nowMs())
  const seenShares = new SeenShares()
  writer.beforeReady(async () => {
    seenShares.clear()
    const directory = new JournalDirectory(join(dataDir, 'journal'), nodeFiles)
    const creditable = jobs.creditable(nowMs() - GRACE_MS)
    await rebuildSeenShares(seenShares, { jobs: creditable }, { directory, files: nodeFiles })
  })
  const blocks: HashedSubmission[] = []
  const presence = new Presence()
  const limits = { ...defaultLimits(), ...options.limits }
  const bans = new BanList(
    { keys: { bans: 'bans', bansVersion: 'bans:version' }, by: 'test', banMs: limits.banMs },
    {
      redis: new Redis({ lazyConnect: true }),
      log,
      nowMs,
      onBan: ({ address }) => server.closeBanned(address),
    },
  )
  const guard = new PeerGuard(limits, { bans, memoryBytes: () => 0 })
  const submitShare = new SubmitShare(
    {
      validator: new ShareValidator(),
      jobs,
      seenShares,
      sendBlock: (found) => blocks.push(structuredClone(found)),
      journal: writer,
    },
    { graceMs: GRACE_MS, isCredited: options.creditsLateShares ?? true },
  )
  const allocator = new Extranonce1Allocator(
    { prefix, nowMs: nowMs() },
    { store: new Extranonce1File(dataDir, prefix), log },
  )
  const extranonce1 = new HeldExtranonce1(allocator)
  const records = await SessionRecords.open({ dataDir, prefix }, { log, nowMs })
  const home = await Home.open(
    { dataDir, prefix },
    { log, randomBytes, onPeer: (stream, introduction) => server.welcomeHome(stream, introduction) },
  )
  const server = new StratumServer(
    {
      host: '127.0.0.1',
      ports: ports.split(';').flatMap(parseStratumPorts),
      network,
      limits,
      trustedProxies: parseAddressList('127.0.0.1'),
    },
    {
      submitShare,
      journal: writer,
      guard,
      profiles: await ClientProfiles.open({ file: undefined }, { log }),
      presence,
      connections: new ConnectionLog({ writerId: 'test', keys: liveKeys(network) }, nowMs),
      live: { noteShare: () => undefined },
      jobs,
      transactions: { now: () => ({ hex: new Uint8Array(0), isSynced: true }) },
      prefix,
      extranonce1,
      records,
      home,
      randomBytes,
      log,
      nowMs,
      monotonicMs,
    },
  )
  writer.onCommit((committed) => server.flush(committed))
  writer.onFail(() => server.failWaiting())
  bans.start()
  const listening = await server.listen()
  return {
    port: listening[0]!,
    ports: listening,
    server,
    writer,
    dataDir,
    blocks,
    presence,
    guard,
    records,
    extranonce1,
    bans,
    clock,
    sendJob(job) {
      jobs.add(job, nowMs())
      server.sendJob(job)
    },
    async close() {
      home.close()
      await server.close()
      await writer.close()
      await bans.close()
      await records.stop()
      allocator.close()
      if (options.dataDir === undefined) await nodeFiles.rm(dataDir, { recursive: true, force: true })
    },
  }
}
