import { fork } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { NodeAnswer } from '@headframe/core/block/candidate'
import { parseAddress } from '@headframe/core/chain/address'
import type { Network } from '@headframe/core/chain/network'
import { coinbaseReserve } from '@headframe/core/job/coinbase-reserve'
import { liveKeys } from '@headframe/core/live/live-feed'
import { Registry } from 'prom-client'
import { NodeFacts, timingCalls } from '../bitcoind/node-facts.js'
import { openNodes, type Node } from '../bitcoind/open-nodes.js'
import { waitForNetwork } from '../bitcoind/wait-for-network.js'
import { BlockLine } from '../block/block-line.js'
import { CandidateFiles } from '../block/candidate-file.js'
import { recoverAllCandidates } from '../block/recover-candidates.js'
import { BlockSender } from '../block/send-block.js'
import { loadSettingLines, type EngineOptions } from '../env.js'
import { JobArchive } from '../jobs/job-archive.js'
import { JobDirectory } from '../jobs/job-directory.js'
import { firstJobNumber, JobFactory } from '../jobs/job-factory.js'
import { TransactionArchive } from '../jobs/transaction-archive.js'
import { planCoinbase } from '../payout/plan-coinbase.js'
import type { WindowKeeper } from '../payout/window-keeper.js'
import { NodeFeed } from '../live/node-feed.js'
import { ProgramFeed } from '../live/program-feed.js'
import { TipLog } from '../live/tip-log.js'
import { WorkLog } from '../live/work-log.js'
import { connectDroppableRedis } from '../live/redis.js'
import type { Log } from '../log.js'
import { BlockMetrics } from '../metrics/block-metrics.js'
import { showDirectWindow } from '../metrics/direct-metrics.js'
import { NodeMetrics } from '../metrics/node-metrics.js'
import { serveMetrics } from '../metrics/serve-metrics.js'
import { PrefixLeases } from '../sessions/prefix-leases.js'
import { openPrefixRegistry } from '../sessions/prefix-registry.js'
import { lockDataDir } from './data-lock.js'
import { JobBoard } from './job-board.js'
import type { ToPrimary } from './messages.js'
import { assertCertificate } from '../stratum/read-certificate.js'
import { NodeReporter } from './node-reporter.js'
import { openNodeSet, type OpenNodeSet } from './open-node-set.js'
import { openWindowKeeper } from './open-window-keeper.js'
import { assertPortsFree } from './ports-free.js'
import { SettingWatch } from './setting-watch.js'
import { SelfWatch } from './self-watch.js'
import { StratumFleet } from './stratum-fleet.js'
import { Supervisor } from './supervisor.js'

const NODE_REPORT_MS = 2_000
const QUIET_LOOK_MS = 1_000
/** How long a child may take to commit and seal before it is killed; what is on disk is whole at any moment. */
const CHILD_CLOSE_MS = 10_000

const nowMs = Date.now
const monotonicMs = () => performance.now()

/** What is opened before the primary can be built. */
interface PrimaryModules {
  readonly nodes: readonly Node[]
  readonly network: Network
  readonly archive: JobArchive
  readonly leases: PrefixLeases
  readonly settings: SettingWatch
  readonly registry: Registry
  readonly metrics: NodeMetrics
  readonly facts: NodeFacts
}

/**
 * The process that watches the nodes and makes the jobs. Built in the order of the journey (node, templates, jobs,
 * then the stratum processes and the shipper, which it keeps alive) and closed in reverse.
 */
export class Primary {
  readonly #network: Network
  readonly #feed: NodeFeed
  readonly #blockMetrics: BlockMetrics
  readonly #lines: readonly BlockLine[]
  /** Of blocks that earlier runs have left. */
  readonly #blocks: BlockSender
  readonly #directory: JobDirectory
  readonly #transactions: TransactionArchive
  readonly #board: JobBoard
  readonly #tips: TipLog
  readonly #workLog: WorkLog
  readonly #reporter: NodeReporter
  readonly #nodes: OpenNodeSet
  readonly #selfWatch: SelfWatch
  readonly #stratum: StratumFleet
  readonly #shipper: Supervisor
  readonly #leases: PrefixLeases
  readonly #settings: SettingWatch
  readonly #windowKeeper: WindowKeeper | undefined
  readonly #closers: (() => Promise<void> | void)[] = []

  /** Throws when it cannot work (folder in use, port taken, wrong address); waits for a node that is not up yet. */
  static async start(options: EngineOptions, log: Log, signal: AbortSignal): Promise<Primary> {
    const lock = await lockDataDir(options.DATA_DIR)
    await assertPortsFree(options.STRATUM_HOST, options.STRATUM_PORTS)
    await assertCertificate(options)
    const registry = new Registry()
    const metrics = new NodeMetrics(registry)
    const latencyMs = new Map<string, number>()
    const nodes = openNodes(options.BITCOIND_URLS, timingCalls(latencyMs, metrics.observeCalls))
    const facts = new NodeFacts(nodes, latencyMs)
    const fits = (network: Network) => parseAddress(options.POOL_ADDRESS, network).ok
    const network = await waitForNetwork(nodes, fits, log, signal)
    const place = { dataDir: options.DATA_DIR, network }
    await recoverAllCandidates(place, log)
    const archive = await JobArchive.open(place, { log, nowMs })
    const leases = await PrefixLeases.open(
      { dataDir: options.DATA_DIR, slotCount: options.STRATUM_PROCESSES },
      {
        registry: openPrefixRegistry(options.DATABASE_URL),
        log,
        nowMs,
        randomId: randomUUID,
        onLost: (slot) => primary.#stratum.askToEnd(slot),
      },
    )
    const settings = await SettingWatch.open(
      {
        databaseUrl: options.DATABASE_URL,
        dataDir: options.DATA_DIR,
        host: hostname(),
        lines: loadSettingLines(),
      },
      {
        log,
        nowMs,
        onChange: (changed) => primary.#stratum.broadcast({ type: 'settings', settings: changed }),
      },
    )
    const modules = { nodes, network, archive, leases, settings, registry, metrics, facts }
    const primary = new Primary(options, log, modules)
    primary.#closers.push(
      () => settings.close(),
      () => leases.close(),
      () => primary.#transactions.settle(),
      () => archive.settle(),
      () => lock.release(),
    )
    await primary.#openMetrics(options, modules)
    await primary.#begin(modules)
    return primary
  }

  private constructor(options: EngineOptions, log: Log, modules: PrimaryModules) {
    const { nodes, network, archive, leases, registry, metrics, facts } = modules
    this.#leases = leases
    this.#settings = modules.settings
    this.#blockMetrics = new BlockMetrics(registry)
    this.#network = network
    const redis = connectDroppableRedis(options.REDIS_URL, log)
    // A page that was opened while nobody reported hears at once that somebody does.
    redis.on('ready', () => void this.#reporter.report(true))
    this.#feed = new NodeFeed(redis, liveKeys(this.#network))
    this.#directory = new JobDirectory(options.DATA_DIR, this.#network)
    this.#lines = options.BITCOIND_URLS.map((node) => new BlockLine(node))
    this.#blocks = new BlockSender({
      lines: this.#lines,
      files: new CandidateFiles(options.DATA_DIR),
      log,
      nowMs,
      monotonicMs,
      onAnswer: ({ hash }, answer) => this.#onAnswer(hash, answer),
    })
    const plan = planCoinbase(options, this.#network)
    const keeper = openWindowKeeper(options, network, plan, { log, monotonicMs })
    this.#windowKeeper = keeper
    this.#transactions = new TransactionArchive({
      directory: this.#directory,
      log,
      onNews: (news) => this.#stratum.broadcast({ type: 'transactions', news }),
    })
    this.#board = new JobBoard(
      { maxAgeMs: options.JOB_MAX_AGE_SECONDS * 1_000 },
      {
        factory: new JobFactory({
          plan,
          directSplit: () => keeper?.current(),
          poolTag: options.POOL_TAG,
          firstJobNumber: firstJobNumber(archive.lastJobNumber, randomBytes(4).readUInt32LE()),
        }),
        archive,
        transactions: this.#transactions,
        log,
        nowMs,
        broadcast: (message) => this.#stratum.broadcast(message),
      },
    )
    this.#tips = new TipLog({ metrics, nowMs, monotonicMs, feed: this.#feed })
    this.#workLog = new WorkLog((work) => void this.#feed.reportWork(work))
    this.#reporter = new NodeReporter({
      ...{ feed: this.#feed, facts, nowMs },
      nodes: () => this.#nodes.set.report(),
      jobAgeMs: () => this.#board.jobAgeMs,
      direct: () => keeper?.status(),
    })
    const watchModules = { nodes, network, registry, feed: this.#feed, log, nowMs }
    this.#selfWatch = new SelfWatch(options, plan, watchModules)
    this.#nodes = openNodeSet(options, network, {
      reserve: coinbaseReserve(plan, keeper !== undefined),
      nodes,
      log,
      nowMs,
      monotonicMs,
      onWork: ({ template, isNewTip, node, reason }) => {
        const job = this.#board.post(template, isNewTip)
        this.#workLog.note(job, { ...template, reason, node }, nowMs())
        this.#selfWatch.check({ job, transactions: template.transactions, node })
      },
      onNoWork: (reason) => this.#board.retire(reason),
      onTip: (height) => void this.#feed.tell({ type: 'tip', atMs: nowMs(), height }),
      onStatus: () => void this.#reporter.report(true),
      observer: this.#tips,
    })
    const told = { log, nowMs }
    this.#stratum = new StratumFleet(
      { processes: options.STRATUM_PROCESSES, network },
      {
        ...told,
        leases,
        onMessage: (message) => this.#onMessage(message),
        greet: (send) => {
          send({ type: 'settings', settings: modules.settings.current })
          this.#board.greet(send)
        },
      },
    )
    const doing = () => this.#stratum.describe(this.#board.jobAgeMs !== undefined)
    const program = new ProgramFeed({ program: 'primary', keys: liveKeys(network) }, { redis, nowMs, doing })
    program.start()
    const ship = new URL('../ship.js', import.meta.url)
    this.#shipper = new Supervisor({ name: 'shipper', start: () => fork(ship, [network]) }, told)
    this.#closers.push(
      () => this.#blocks.close(),
      () => this.#lines.forEach((line) => line.close()),
      () => this.#nodes.close(),
      () => facts.close(),
      () => keeper?.close(),
      () => program.close(),
      () => redis.disconnect(),
    )
  }

  async close(): Promise<void> {
    await this.#stratum.close(CHILD_CLOSE_MS)
    await this.#selfWatch.close(CHILD_CLOSE_MS)
    await this.#shipper.close((child) => child.kill('SIGTERM'), CHILD_CLOSE_MS)
    for (const close of this.#closers) await close()
  }

  async #openMetrics(
    { METRICS_LISTEN: address }: EngineOptions,
    { registry, metrics }: PrimaryModules,
  ): Promise<void> {
    const keeper = this.#windowKeeper
    metrics.showNodes(registry, () => this.#nodes.set.report().nodes)
    if (keeper !== undefined) showDirectWindow(registry, () => keeper.status())
    if (address === undefined) return
    const server = await serveMetrics(address, registry)
    this.#closers.push(() => server.close())
  }

  async #begin({ facts }: PrimaryModules): Promise<void> {
    await this.#blocks.resume()
    await this.#windowKeeper?.start()
    await this.#nodes.set.start()
    facts.start()
    const reporter = setInterval(() => this.#watchOver(), NODE_REPORT_MS)
    const reposter = setInterval(() => this.#board.repostIfQuiet(), QUIET_LOOK_MS)
    this.#closers.unshift(() => {
      clearInterval(reporter)
      clearInterval(reposter)
    })
    this.#leases.start()
    this.#settings.start()
    for (const each of [this.#stratum, this.#shipper, this.#selfWatch]) each.start()
  }

  #onMessage(message: ToPrimary): void {
    if (message.type === 'work-sent') this.#tips.onSent(message.sent)
    if (message.type === 'block-found') this.#blockMetrics.onFound()
    if (message.type === 'block-sent') this.#blockMetrics.onSent(message.node, message.afterMs)
    if (message.type === 'block-answered') this.#onAnswer(message.hash, message.answer)
  }

  #onAnswer(hash: string, answer: NodeAnswer): void {
    this.#blockMetrics.onAnswer(answer)
    if (answer.result === null) void this.#nodes.set.look('submit')
    void this.#feed.tell({ type: 'block', atMs: nowMs(), hash })
  }

  #watchOver(): void {
    if (this.#board.retireIfOld()) this.#nodes.set.forgetWork()
    this.#workLog.tell()
    void this.#reporter.report()
  }
}
