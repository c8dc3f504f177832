import type { Job } from '@headframe/core/job/job'
import { liveKeys } from '@headframe/core/live/live-feed'
import type { Network } from '@headframe/core/chain/network'
import { ShareValidator } from '@headframe/core/share/validate-share'
import { RpcClient } from '../bitcoind/rpc-client.js'
import { CandidateFiles } from '../block/candidate-file.js'
import { foundBlock } from '../block/found-block.js'
import { BlockSubmitter } from '../block/submit-block.js'
import type { EngineOptions } from '../env.js'
import { Extranonce1Allocator } from '../jobs/extranonce1-allocator.js'
import { JobStore } from '../jobs/job-store.js'
import { SegmentWriter } from '../journal/segment-writer.js'
import { LiveFeed } from '../live/live-feed.js'
import { Presence } from '../live/presence.js'
import { connectDroppableRedis } from '../live/redis.js'
import type { Log } from '../log.js'
import { SeenShares } from '../share/seen-shares.js'
import { SubmitShare } from '../share/submit-share.js'
import { StratumServer } from '../stratum/server.js'
import type { ToPrimary } from './messages.js'

export interface StratumProcessOptions {
  readonly engine: EngineOptions
  /** Which of the stratum processes this is, from 0. */
  readonly slot: number
  readonly network: Network
}

export interface StratumProcessModules {
  readonly log: Log
  readonly nowMs: () => number
  /** For durations: fractions of a ms, never set back. */
  readonly monotonicMs: () => number
  readonly tell: (message: ToPrimary) => void
}

/** One process of the data plane: sessions on one end, journal and node on the other. */
export class StratumProcess {
  readonly #options: StratumProcessOptions
  readonly #modules: StratumProcessModules
  readonly #jobs = new JobStore()
  readonly #blocks: BlockSubmitter
  readonly #server: StratumServer
  readonly #closers: (() => Promise<void> | void)[]
  #isListening = false

  /** Recovers the journal of the slot, and is then ready for its first job. */
  static async start(
    options: StratumProcessOptions,
    modules: StratumProcessModules,
  ): Promise<StratumProcess> {
    const { engine, slot, network } = options
    const writer = await SegmentWriter.open({ dataDir: engine.DATA_DIR, slot, network }, modules)
    return new StratumProcess(options, modules, writer)
  }

  private constructor(options: StratumProcessOptions, modules: StratumProcessModules, writer: SegmentWriter) {
    const { engine, slot, network } = options
    const { log, nowMs, monotonicMs } = modules
    this.#options = options
    this.#modules = modules
    const rpc = new RpcClient({ url: engine.BITCOIND_URL, cookieFile: engine.BITCOIND_COOKIE_FILE })
    const redis = connectDroppableRedis(engine.REDIS_URL, log)
    this.#blocks = new BlockSubmitter({
      rpc,
      files: new CandidateFiles(engine.DATA_DIR),
      log,
      nowMs,
      monotonicMs,
      onAnswer: ({ hash }, { result }) => modules.tell({ type: 'block-answered', hash, result }),
    })
    const presence = new Presence()
    const live = new LiveFeed(
      { writerId: writer.writerId, keys: liveKeys(network) },
      { redis, presence, nowMs, connectionCount: () => this.#server.connectionCount },
    )
    const submitShare = new SubmitShare({
      validator: new ShareValidator(),
      jobs: this.#jobs,
      seenShares: new SeenShares(),
      sendBlock: (found, isShare) => {
        const { candidate, blockHex } = foundBlock(found, isShare, writer)
        log.info(
          { hash: candidate.hash, height: candidate.height, address: candidate.address },
          'block found',
        )
        this.#blocks.submit(candidate, blockHex)
      },
      journal: writer,
    })
    this.#server = new StratumServer(
      { host: engine.STRATUM_HOST, ports: engine.STRATUM_PORTS, network },
      {
        submitShare,
        journal: writer,
        presence,
        live,
        log,
        nowMs,
        extranonce1: new Extranonce1Allocator(slot, writer.incarnation),
      },
    )
    writer.onCommit((committed) => this.#server.flush(committed))
    writer.onFail(() => this.#server.failWaiting())
    live.start()
    this.#closers = [
      () => this.#server.close(),
      () => live.close(),
      () => this.#blocks.close(),
      () => writer.close(),
      () => redis.disconnect(),
      () => rpc.close(),
    ]
  }

  /** Miners are let in with the first job, so that none waits for work. */
  async takeJob(job: Job): Promise<void> {
    this.#jobs.add(job)
    this.#server.sendJob(job)
    if (this.#isListening) return
    this.#isListening = true
    const ports = await this.#server.listen()
    this.#modules.log.info({ ports }, 'listening')
    this.#modules.tell({ type: 'listening', ports })
  }

  retire(): void {
    this.#jobs.retire()
    this.#server.retire()
  }

  /** Closes the miners, then commits and seals what they sent. */
  async close(): Promise<void> {
    for (const close of this.#closers) await close()
    this.#modules.log.info({ slot: this.#options.slot }, 'closed')
  }
}
