import { randomBytes } from 'node:crypto'
import type { Job } from '@headframe/core/job/job'
import { liveKeys } from '@headframe/core/live/live-feed'
import { numberOf } from '@headframe/core/settings/run-time-setting'
import { ShareValidator } from '@headframe/core/share/validate-share'
import { parseAddressList } from '../address-list.js'
import { foundBlock } from '../block/found-block.js'
import type { EngineOptions } from '../env.js'
import { BanList } from '../guard/ban-list.js'
import { guardOptions } from '../guard/guard-options.js'
import { PeerGuard } from '../guard/peer-guard.js'
import type { TransactionsNews } from '../jobs/transaction-archive.js'
import { ConnectionLog } from '../live/connection-log.js'
import { EventLoopDelay } from '../live/event-loop-delay.js'
import { LiveFeed } from '../live/live-feed.js'
import { QuestionLine } from '../live/question-line.js'
import { Presence } from '../live/presence.js'
import { connectDroppableRedis } from '../live/redis.js'
import type { Log } from '../log.js'
import { SubmitShare } from '../share/submit-share.js'
import { Home } from '../sessions/home.js'
import { ClientProfiles } from '../stratum/client-profiles.js'
import { StratumServer } from '../stratum/server.js'
import { TlsCertificate } from '../stratum/tls-certificate.js'
import { withRunTime } from '../with-run-time.js'
import type { ToPrimary } from './messages.js'
import type { RunTimeSettings } from './setting-watch.js'
import { openStratumFeed } from './stratum-feed.js'
import { StratumBlocks } from './stratum-blocks.js'
import { openStratumState, type StratumState, type StratumStateOptions } from './stratum-state.js'

export interface StratumProcessModules {
  readonly log: Log
  readonly nowMs: () => number
  /** For durations: fractions of a ms, never set back. */
  readonly monotonicMs: () => number
  readonly tell: (message: ToPrimary) => void
}

/** What a process reads of files besides its state. */
interface StratumFiles {
  readonly profiles: ClientProfiles
  readonly certificate: TlsCertificate | undefined
  readonly home: Home
}

type Closer = () => Promise<void> | void

/** One process of the data plane: sessions on one end, journal and node on the other. */
export class StratumProcess {
  readonly #options: StratumStateOptions
  readonly #modules: StratumProcessModules
  readonly #state: StratumState
  readonly #blocks: StratumBlocks
  readonly #submitShare: SubmitShare
  readonly #server: StratumServer
  /** What was begun last is closed first. */
  readonly #closers: Closer[] = []
  readonly #bans: BanList
  readonly #guard: PeerGuard
  readonly #profiles: ClientProfiles
  #settingsVersion = 0
  #isListening = false

  /** Takes up what the slot's last process left, and is then ready for its first job. */
  static async start(options: StratumStateOptions, modules: StratumProcessModules): Promise<StratumProcess> {
    const { engine } = options
    const certificate = await openCertificate(engine, modules)
    const profiles = await ClientProfiles.open({ file: engine.STRATUM_PROFILES_FILE }, modules)
    const state = await openStratumState(options, modules)
    // Whoever knocks while nobody is in yet is served where he came from.
    const house: { resident?: StratumProcess } = {}
    const home = await Home.open(
      { dataDir: engine.DATA_DIR, prefix: options.extranonce1Prefix },
      {
        log: modules.log,
        randomBytes,
        onPeer: (stream, introduction) =>
          house.resident === undefined
            ? stream.destroy()
            : house.resident.#server.welcomeHome(stream, introduction),
      },
    )
    const resident = new StratumProcess(options, modules, state, { profiles, certificate, home })
    house.resident = resident
    if (options.resumesBlocks) await resident.#blocks.resume(state.writer.writerId)
    return resident
  }

  private constructor(
    options: StratumStateOptions,
    modules: StratumProcessModules,
    state: StratumState,
    files: StratumFiles,
  ) {
    this.#options = options
    this.#modules = modules
    this.#state = state
    const { profiles, certificate, home } = files
    this.#profiles = profiles
    const { writer, extranonce1, records } = state
    this.#closeLater(() => extranonce1.close())
    this.#closeLater(() => records.stop())
    this.#closeLater(() => profiles.close())
    this.#closeLater(() => certificate?.close())
    this.#closeLater(() => home.close())
    this.#blocks = this.#openBlocks()
    this.#submitShare = this.#openSpine()
    const presence = new Presence()
    const place = { writerId: writer.writerId, keys: liveKeys(options.network) }
    const connections = new ConnectionLog(place, modules.nowMs)
    const live = this.#openLiveFeed(presence, connections)
    this.#bans = this.#openBans()
    this.#guard = new PeerGuard(guardOptions(options.engine), {
      bans: this.#bans,
      memoryBytes: () => process.memoryUsage.rss(),
    })
    this.#server = this.#openServer(presence, connections, live, files)
    this.#openQuestionLine()
    writer.onCommit((committed) => this.#server.flush(committed))
    writer.onFail(() => this.#server.failWaiting())
  }

  /** Miners are let in with the first job, so that none waits for work. */
  async takeJob(job: Job): Promise<void> {
    this.#state.jobs.add(job, this.#modules.nowMs())
    this.#server.sendJob(job)
    if (this.#isListening) return
    this.#isListening = true
    const ports = await this.#server.listen()
    this.#modules.log.info({ ports }, 'listening')
    this.#modules.tell({ type: 'listening', ports })
  }

  hearOfTransactions(news: TransactionsNews): Promise<void> {
    return this.#state.transactions.hear(news)
  }

  /** What operators have set at run time, in place of the environment. */
  follow({ version, values, rules }: RunTimeSettings): void {
    const limits = guardOptions(withRunTime(this.#options.engine, values))
    this.#guard.follow(limits)
    this.#bans.follow(limits.banMs)
    this.#server.aimAt(numberOf(values, 'SHARES_PER_MINUTE'))
    this.#server.announce(values.MINER_MESSAGE)
    this.#profiles.follow(rules)
    this.#settingsVersion = version
  }

  retire(): void {
    this.#state.jobs.retire()
    this.#server.retire()
  }

  /** Closes the miners, then commits and seals what they sent. */
  async close(): Promise<void> {
    for (const close of this.#closers.reverse()) await close()
    this.#modules.log.info({ slot: this.#options.slot }, 'closed')
  }

  #closeLater(closer: Closer): void {
    this.#closers.push(closer)
  }

  #openBlocks(): StratumBlocks {
    const { engine } = this.#options
    const { writer, candidates: records, transactions } = this.#state
    const blocks = new StratumBlocks(
      { dataDir: engine.DATA_DIR, nodes: engine.BITCOIND_URLS },
      { ...this.#modules, records, transactions },
    )
    this.#closeLater(() => writer.close())
    this.#closeLater(() => blocks.close())
    return blocks
  }

  #openSpine(): SubmitShare {
    const { engine } = this.#options
    const { writer, jobs, seenShares } = this.#state
    return new SubmitShare(
      {
        validator: new ShareValidator(),
        jobs,
        seenShares,
        sendBlock: (found, isShare) => this.#blocks.submit(foundBlock(found, isShare, writer)),
        journal: writer,
      },
      { graceMs: engine.LATE_SHARE_SECONDS * 1_000, isCredited: engine.LATE_SHARES === 'credit' },
    )
  }

  #openLiveFeed(presence: Presence, connections: ConnectionLog): LiveFeed {
    const { log, nowMs } = this.#modules
    const { writer } = this.#state
    const redis = connectDroppableRedis(this.#options.engine.REDIS_URL, log)
    const eventLoopDelay = new EventLoopDelay()
    const summary = () => ({
      settingsVersion: this.#settingsVersion,
      connections: this.#server.connectionCount,
      eventLoopDelayP99Ms: eventLoopDelay.takeP99Ms(),
      lateSharesCredited: this.#submitShare.lateSharesCredited,
      nextShareSeq: writer.nextShareSeq.toString(),
      profileHits: Object.fromEntries(this.#profiles.counts().map(({ name, hits }) => [name, hits])),
    })
    const options = { writerId: writer.writerId, keys: liveKeys(this.#options.network) }
    const live = new LiveFeed(options, { redis, presence, connections, nowMs, summary })
    live.start()
    this.#closeLater(() => redis.disconnect())
    const [profiles, isListening] = [this.#profiles, () => this.#isListening]
    const told = openStratumFeed(options.keys, { ...this.#state, redis, profiles, isListening, nowMs })
    this.#closeLater(() => told.close())
    this.#closeLater(() => eventLoopDelay.close())
    this.#closeLater(() => live.close())
    return live
  }

  /** What the console asks comes by a connection that does nothing else. */
  #openQuestionLine(): void {
    const { engine, network } = this.#options
    const { log, monotonicMs } = this.#modules
    const connect = () => connectDroppableRedis(engine.REDIS_URL, log)
    const [subscriber, redis] = [connect(), connect()]
    const options = { writerId: this.#state.writer.writerId, keys: liveKeys(network) }
    const answer = this.#server.answer.bind(this.#server)
    new QuestionLine(options, { subscriber, redis, monotonicMs, answer }).start()
    this.#closeLater(() => redis.disconnect())
    this.#closeLater(() => subscriber.disconnect())
  }

  /** Bans have a connection to Redis of their own: they watch their key, which is not to mix with what others send. */
  #openBans(): BanList {
    const { engine, network } = this.#options
    const { log, nowMs } = this.#modules
    const { banMs } = guardOptions(engine)
    const redis = connectDroppableRedis(engine.REDIS_URL, log)
    const bans = new BanList(
      { keys: liveKeys(network), by: this.#state.writer.writerId, banMs },
      { redis, log, nowMs, onBan: ({ address }) => this.#server.closeBanned(address) },
    )
    bans.start()
    this.#closeLater(() => redis.disconnect())
    this.#closeLater(() => bans.close())
    return bans
  }

  #openServer(
    presence: Presence,
    connections: ConnectionLog,
    live: LiveFeed,
    { profiles, certificate, home }: StratumFiles,
  ): StratumServer {
    const { engine, network } = this.#options
    const { log, nowMs, monotonicMs } = this.#modules
    const { writer, jobs, transactions, extranonce1, records } = this.#state
    const { STRATUM_TRUSTED_PROXIES: trusted } = engine
    const server = new StratumServer(
      {
        host: engine.STRATUM_HOST,
        isAlone: engine.STRATUM_PROCESSES === 1,
        ports: engine.STRATUM_PORTS,
        network,
        limits: guardOptions(engine),
        trustedProxies: trusted === undefined ? undefined : parseAddressList(trusted),
      },
      {
        submitShare: this.#submitShare,
        journal: writer,
        guard: this.#guard,
        profiles,
        presence,
        connections,
        live,
        jobs,
        transactions,
        prefix: this.#options.extranonce1Prefix,
        extranonce1,
        records,
        home,
        onWorkSent: (sent) => this.#modules.tell({ type: 'work-sent', sent }),
        randomBytes,
        certificate,
        log,
        nowMs,
        monotonicMs,
      },
    )
    this.#closeLater(() => server.close())
    return server
  }
}

/** Undefined when no port needs one. Throws an Error that names the setting and what is wrong with its file. */
async function openCertificate(
  { STRATUM_TLS_CERT_FILE: certFile, STRATUM_TLS_KEY_FILE: keyFile }: EngineOptions,
  modules: StratumProcessModules,
): Promise<TlsCertificate | undefined> {
  if (certFile === undefined || keyFile === undefined) return undefined
  return TlsCertificate.open({ certFile, keyFile }, modules)
}
