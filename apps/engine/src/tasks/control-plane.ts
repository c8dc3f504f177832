import { hostname } from 'node:os'
import { join } from 'node:path'
import { parseAddress } from '@headframe/core/chain/address'
import type { Network } from '@headframe/core/chain/network'
import { liveKeys } from '@headframe/core/live/live-feed'
import type { SigningKey } from '@headframe/core/signature'
import { setAlarm, setAlarms } from '@headframe/db/alarm/alarms'
import { openDatabase, type Database } from '@headframe/db/database'
import { migrate } from '@headframe/db/migrate'
import { savePool } from '@headframe/db/pool/save-pool'
import { saveProgramSettings } from '@headframe/db/settings/program-settings'
import { waitForDatabase } from '@headframe/db/wait-for-database'
import { Registry } from 'prom-client'
import { openAlertRoom, type AlertRoom } from '../alerts/alert-room.js'
import { AnyNode } from '../bitcoind/any-node.js'
import { closeNodes, openNodes, type Node } from '../bitcoind/open-nodes.js'
import { waitForNetwork } from '../bitcoind/wait-for-network.js'
import { BlockWatch } from '../block/block-watch.js'
import { loadSettingLines, type EngineOptions } from '../env.js'
import { NodeFeed } from '../live/node-feed.js'
import { connectDroppableRedis } from '../live/redis.js'
import type { Log } from '../log.js'
import { showPayouts } from '../metrics/payout-metrics.js'
import { serveMetrics } from '../metrics/serve-metrics.js'
import { chainPayoutTerms, fppsPortTerms, payoutTerms } from '../payout/payout-terms.js'
import { paymentOptionsOf, type PaymentOptions } from '../payout/payment-options.js'
import { planCoinbase } from '../payout/plan-coinbase.js'
import { openLogKey } from '../publish/log-key.js'
import { PoolObserver } from '../status/pool-observer.js'
import { StatusWatch, type StatusWatchOptions } from '../status/status-watch.js'
import { openWallet, type CoreWallet } from '../wallet/core-wallet.js'
import { answerPayoutRequestsTask } from './answer-payout-requests.js'
import { checkLedgerTask } from './check-ledger.js'
import { payMinersTask } from './pay-miners.js'
import { creditFppsTask, type CreditFppsOptions } from './credit-fpps.js'
import { pruneTask } from './prune.js'
import { readMoney, type MoneyModules } from './read-money.js'
import { publishLogTask } from './publish-log.js'
import { rollUpSharesTask } from './roll-up-shares.js'
import { connectTaskRedis, TaskRuntime, type TaskRuntimeModules } from './runtime.js'
import { openSettleFeed } from './settle-feed.js'
import { settleBlockTask } from './settle-block.js'
import type { Task } from './task.js'
import { watchBlocksTask } from './watch-blocks.js'

/** For so long a look at the pool is good for whoever judges it: less than between two looks of the status page. */
const OBSERVED_MS = 4_000

/** All that `settle` runs: node -> database -> live feed -> tasks, closed in reverse. */
export class ControlPlane {
  readonly #closers: (() => unknown)[]

  private constructor(closers: (() => unknown)[]) {
    this.#closers = closers
  }

  /**
   * Waits for a node and a database that are away. Throws when they are of another network than each other or the
   * pool's address, and when `signal` aborts.
   */
  static async start(options: EngineOptions, log: Log, signal: AbortSignal): Promise<ControlPlane> {
    const plane = new ControlPlane([])
    try {
      await plane.#open(options, log, signal)
      return plane
    } catch (error) {
      await plane.close()
      throw error
    }
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close()
  }

  async #open(options: EngineOptions, log: Log, signal: AbortSignal): Promise<void> {
    const nodes = openNodes(options.BITCOIND_URLS)
    this.#closers.push(() => closeNodes(nodes))
    const fits = (of: Network) => parseAddress(options.POOL_ADDRESS, of).ok
    const network = await waitForNetwork(nodes, fits, log, signal)
    const db = openDatabase({ url: options.DATABASE_URL })
    this.#closers.push(() => db.close())
    await prepareDatabase(options, network, db, log, signal)
    const logKey = await openLogKey(options.PUBLIC_LOG_KEY_FILE ?? join(options.DATA_DIR, 'public-log.key'))
    const wallet = openWallet(options, network)
    if (wallet === undefined) log.info('PAYOUT_WALLET_URL is not set: nothing is paid on chain')
    else this.#closers.push(() => wallet.close())
    const redis = connectDroppableRedis(options.REDIS_URL, log)
    this.#closers.push(() => redis.disconnect())
    const feed = new NodeFeed(redis, liveKeys(network))
    const onChange = (hash: string): void => void feed.tell({ type: 'block', atMs: Date.now(), hash })
    const onPayout = (): void => void feed.tell({ type: 'payout', atMs: Date.now() })
    const modules = { db, nodes, wallet, log, logKey, onChange, onPayout, nowMs: Date.now }
    const tasks = createTasks(options, network, modules)
    const runtime = new TaskRuntime(
      { redisUrl: options.REDIS_URL, prefix: `headframe:${network}` },
      { tasks, log, onFailing: await keepTaskAlarms(db, log) },
    )
    this.#closers.push(() => runtime.close())
    const keys = liveKeys(network)
    const observer = new PoolObserver(OBSERVED_MS, { db, redis, keys, nowMs: Date.now })
    const alerts = await this.#openAlerts(options, network, observer, db, log)
    const told = openSettleFeed(network, { redis, runtime, alerts, log })
    this.#closers.push(() => told.close())
    await this.#openMetrics(options, modules)
    const watch = new StatusWatch(statusOptions(options), {
      ...{ db, observer, log, nowMs: Date.now },
      failingTasks: () => runtime.failing(),
    })
    this.#closers.push(() => watch.close())
    watch.start()
    log.info({ network, tasks: tasks.map(({ name }) => name) }, 'settling')
  }

  async #openMetrics(
    { SETTLE_METRICS_LISTEN: address }: EngineOptions,
    modules: MoneyModules,
  ): Promise<void> {
    if (address === undefined) return
    const registry = new Registry()
    showPayouts(registry, () => readMoney(modules))
    const server = await serveMetrics(address, registry, 'SETTLE_METRICS_LISTEN')
    this.#closers.push(() => server.close())
  }

  async #openAlerts(
    options: EngineOptions,
    network: Network,
    observer: PoolObserver,
    db: Database,
    log: Log,
  ): Promise<AlertRoom> {
    const connection = connectTaskRedis(options.REDIS_URL, log)
    this.#closers.push(() => connection.disconnect())
    const redis = connectDroppableRedis(options.REDIS_URL, log)
    this.#closers.push(() => redis.disconnect())
    const modules = { db, network, connection, redis, observer, log, nowMs: Date.now }
    const room = await openAlertRoom(options, modules)
    this.#closers.push(() => room.close())
    return room
  }
}

/** What failed in an earlier run of the program fails again, or is well. */
async function keepTaskAlarms(db: Database, log: Log): Promise<TaskRuntimeModules['onFailing']> {
  await setAlarms(db.pool, 'task', [], Date.now())
  return (task, reason) => {
    const message = reason === undefined ? undefined : `The task ${task} fails: ${reason}`
    setAlarm(db.pool, 'task', task, message, Date.now()).catch((error: unknown) => {
      log.warn({ reason: (error as Error).message }, 'an alarm could not be written down')
    })
  }
}

async function prepareDatabase(
  options: EngineOptions,
  network: Network,
  db: Database,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  // Says what is wrong with any address.
  planCoinbase(options, network)
  const pool = parseAddress(options.POOL_ADDRESS, network)
  if (!pool.ok) throw new Error(`POOL_ADDRESS: ${pool.message}`)
  await waitForDatabase(db.pool, (reason) => log.warn({ reason }, 'waiting for the database'), signal)
  const applied = await migrate(db.pool)
  if (applied.length > 0) log.info({ migrations: applied }, 'the database is migrated')
  const settings = {
    network,
    poolAddress: pool.address,
    poolTag: options.POOL_TAG,
    ...payoutTerms(options),
    stratumPorts: options.STRATUM_PORTS,
    payouts: chainPayoutTerms(options),
    fpps: fppsPortTerms(options),
  }
  await savePool(db, settings, pool.script, Date.now())
  const own = { program: 'settle', host: hostname(), startedAtMs: Date.now(), lines: loadSettingLines() }
  await saveProgramSettings(db.pool, own)
}

interface TaskModules {
  readonly db: Database
  readonly nodes: readonly Node[]
  readonly wallet: CoreWallet | undefined
  readonly log: Log
  readonly logKey: SigningKey
  readonly nowMs: () => number
  readonly onChange: (hash: string) => void
  readonly onPayout: () => void
}

function createTasks(options: EngineOptions, network: Network, modules: TaskModules): Task[] {
  const { wallet } = modules
  const terms = payoutTerms(options)
  const published = { network, key: modules.logKey, epochMs: options.PUBLIC_LOG_EPOCH_SECONDS * 1000 }
  return [
    rollUpSharesTask(modules),
    watchBlocksTask({ watch: new BlockWatch({ ...modules, network }) }),
    settleBlockTask({ network, ...terms }, { ...modules, rpc: new AnyNode(modules.nodes) }),
    pruneTask(
      { segmentRetentionDays: options.SEGMENT_RETENTION_DAYS, pplnsWindow: terms.pplnsWindow },
      modules,
    ),
    checkLedgerTask(modules),
    publishLogTask(published, { ...modules, rpc: new AnyNode(modules.nodes) }),
    ...(wallet === undefined ? [] : payingTasks(paymentOptionsOf(options, network), { ...modules, wallet })),
    creditFppsTask(fppsOptions(options, network), { ...modules, rpc: new AnyNode(modules.nodes) }),
  ]
}

function payingTasks(
  options: PaymentOptions,
  modules: TaskModules & { readonly wallet: CoreWallet },
): Task[] {
  return [payMinersTask(options, modules), answerPayoutRequestsTask(options, modules)]
}

function statusOptions(options: EngineOptions): StatusWatchOptions {
  return {
    hasCanary: options.CANARY === 'on',
    paysOnChain: options.PAYOUT_WALLET_URL !== undefined,
    epochMs: options.PUBLIC_LOG_EPOCH_SECONDS * 1000,
  }
}

/** Shares that came in while there was an fpps port are paid when there is none any more, too. */
function fppsOptions(options: EngineOptions, network: Network): CreditFppsOptions {
  return {
    network,
    feeBasisPoints: options.FPPS_FEE_BASIS_POINTS,
    feeBlocks: options.FPPS_FEE_BLOCKS,
    reserveSats: options.FPPS_RESERVE_BTC ?? 0n,
    everyMs: options.FPPS_CREDIT_MINUTES * 60_000,
  }
}
