import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Job } from '@headframe/core/job/job'
import type { HashedSubmission } from '@headframe/core/share/hashed-submission'
import { ShareValidator } from '@headframe/core/share/validate-share'
import { pino } from 'pino'
import { Extranonce1Allocator } from '../../src/jobs/extranonce1-allocator.js'
import { JobStore } from '../../src/jobs/job-store.js'
import { SegmentWriter } from '../../src/journal/segment-writer.js'
import { Presence } from '../../src/live/presence.js'
import { SeenShares } from '../../src/share/seen-shares.js'
import { SubmitShare } from '../../src/share/submit-share.js'
import { parseStratumPorts } from '@headframe/core/stratum/stratum-ports'
import { StratumServer } from '../../src/stratum/server.js'

/** A stratum process without its node: real sockets, real journal, jobs as the test gives them. */
export interface OpenPool {
  readonly port: number
  readonly server: StratumServer
  readonly writer: SegmentWriter
  readonly dataDir: string
  readonly blocks: HashedSubmission[]
  /** Moves the pool's clock, not the timers. */
  readonly clock: { nowMs: number }
  sendJob(job: Job): void
  close(): Promise<void>
}

export async function openPool(ports = '0 fixed=1e-9'): Promise<OpenPool> {
  const dataDir = await mkdtemp(join(tmpdir(), 'headframe-pool-'))
  const log = pino({ level: 'silent' })
  const clock = { nowMs: 1_700_000_000_000 }
  const nowMs = (): number => clock.nowMs
  const network = 'regtest'
  const writer = await SegmentWriter.open({ dataDir, slot: 0, network }, { log, nowMs })
  const jobs = new JobStore()
  const blocks: HashedSubmission[] = []
  const submitShare = new SubmitShare({
    validator: new ShareValidator(),
    jobs,
    seenShares: new SeenShares(),
    sendBlock: (found) => blocks.push(found),
    journal: writer,
  })
  const server = new StratumServer(
    { host: '127.0.0.1', ports: parseStratumPorts(ports), network },
    {
      submitShare,
      journal: writer,
      presence: new Presence(),
      live: { noteShare: () => undefined },
      log,
      nowMs,
      extranonce1: new Extranonce1Allocator(0, writer.incarnation),
    },
  )
  writer.onCommit((committed) => server.flush(committed))
  writer.onFail(() => server.failWaiting())
  const [port] = await server.listen()
  return {
    port: port!,
    server,
    writer,
    dataDir,
    blocks,
    clock,
    sendJob(job) {
      jobs.add(job)
      server.sendJob(job)
    },
    async close() {
      await server.close()
      await writer.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
