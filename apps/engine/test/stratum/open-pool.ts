import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Job } from '@headframe/core/job/job'
import type { HashedSubmission } from '@headframe/core/share/hashed-submission'
import { ShareValidator } from '@headframe/core/share/validate-share'
import { parseStratumPorts } from '@headframe/core/stratum/stratum-ports'
import { pino } from 'pino'
import { parseEngineOptions } from '../../src/env.js'
import { guardOptions, type GuardOptions } from '../../src/guard/guard-options.js'
import { PeerGuard } from '../../src/guard/peer-guard.js'
import { JobStore } from '../../src/jobs/job-store.js'
import { SegmentWriter } from '../../src/journal/segment-writer.js'
import { Presence } from '../../src/live/presence.js'
import { Extranonce1Allocator } from '../../src/sessions/extranonce1-allocator.js'
import { Extranonce1File } from '../../src/sessions/extranonce1-file.js'
import { Home } from '../../src/sessions/home.js'
import { SessionRecords } from '../../src/sessions/session-records.js'
import { SeenShares } from '../../src/share/seen-shares.js'
import { SubmitShare } from '../../src/share/submit-share.js'
import { ClientProfiles } from '../../src/stratum/client-profiles.js'
import { StratumServer } from '../../src/stratum/server.js'

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
  /** Addresses that were banned. */
  readonly banned: string[]
  /** Moves both of the pool's clocks, not the timers. */
  readonly clock: { nowMs: number }
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
}

const START_MS = 1_700_000_000_000
const FIRST_PREFIX = 0x123

/** The limits of an operator who has set none, for one process. */
export function defaultLimits(): GuardOptions {
  return guardOptions(
    parseEngineOptions({
      BITCOIND_URL: 'http://127.0.0.1:8332',
      DATABASE_URL: 'postgresql://127.0.0.1/x',
      REDIS_URL: 'redis://127.0.0.1',
      POOL_ADDRESS: 'x',
      STRATUM_PROCESSES: '1',
    }),
  )
}

export async function openPool(ports = '0 fixed=1e-9', options: OpenPoolOptions = {}): Promise<OpenPool> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'headframe-pool-')))
  const log = pino({ level: 'silent' })
  const clock = { nowMs: START_MS }
  const nowMs = (): number => clock.nowMs
  const monotonicMs = (): number => performance.now() + clock.nowMs - START_MS
  const network = 'regtest'
  const slot = options.slot ?? 0
  const prefix = FIRST_PREFIX + slot
  const writer = await SegmentWriter.open({ dataDir, slot, network }, { log, nowMs })
  const jobs = new JobStore()
  for (const job of options.pastJobs ?? []) jobs.addPast(job, nowMs())
  const blocks: HashedSubmission[] = []
  const banned: string[] = []
  const presence = new Presence()
  const limits = { ...defaultLimits(), ...options.limits }
  const bans = {
    isBanned: (address: string) => banned.includes(address),
    ban: (address: string, reason: string) => {
      banned.push(address)
      return { address, reason, sinceMs: nowMs(), untilMs: Infinity, offences: 1, by: 'test' }
    },
  }
  const submitShare = new SubmitShare(
    {
      validator: new ShareValidator(),
      jobs,
      seenShares: new SeenShares(),
      sendBlock: (found) => blocks.push(structuredClone(found)),
      journal: writer,
    },
    { graceMs: 5_000, isCredited: options.creditsLateShares ?? true },
  )
  const extranonce1 = new Extranonce1Allocator(
    { prefix, nowMs: nowMs() },
    { store: new Extranonce1File(dataDir, prefix), log },
  )
  const records = await SessionRecords.open({ dataDir, prefix }, { log, nowMs })
  const home = await Home.open(
    { dataDir, prefix },
    { log, randomBytes, onPeer: (stream, introduction) => server.welcomeHome(stream, introduction) },
  )
  const server = new StratumServer(
    { host: '127.0.0.1', ports: parseStratumPorts(ports), network, limits },
    {
      submitShare,
      journal: writer,
      guard: new PeerGuard(limits, { bans, memoryBytes: () => 0 }),
      profiles: await ClientProfiles.open({ file: undefined }, { log }),
      presence,
      live: { noteShare: () => undefined },
      jobs,
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
  const listening = await server.listen()
  return {
    port: listening[0]!,
    ports: listening,
    server,
    writer,
    dataDir,
    blocks,
    presence,
    banned,
    clock,
    sendJob(job) {
      jobs.add(job, nowMs())
      server.sendJob(job)
    },
    async close() {
      home.close()
      await server.close()
      await writer.close()
      await records.stop()
      extranonce1.close()
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}
