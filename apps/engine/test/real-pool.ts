import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Job } from '@headframe/core/job/job'
import type { CoinbasePlan } from '@headframe/core/job/coinbase-plan'
import { coinbaseReserve } from '@headframe/core/job/coinbase-reserve'
import { parseBlockTemplate } from '@headframe/core/template/block-template'
import { startBitcoind, type Bitcoind } from '@headframe/local/bitcoind'
import { testServices } from '@headframe/local/testing/services'
import { pino } from 'pino'
import { CandidateFiles } from '../src/block/candidate-file.js'
import { parseEngineOptions, type EngineOptions } from '../src/env.js'
import { JobArchive } from '../src/jobs/job-archive.js'
import { JobDirectory } from '../src/jobs/job-directory.js'
import { JobFactory } from '../src/jobs/job-factory.js'
import { TransactionArchive } from '../src/jobs/transaction-archive.js'
import type { Log } from '../src/log.js'
import { planCoinbase } from '../src/payout/plan-coinbase.js'
import { JobBoard } from '../src/processes/job-board.js'
import type { ToPrimary } from '../src/processes/messages.js'
import type { RunTimeSettings } from '../src/processes/setting-watch.js'
import { StratumProcess } from '../src/processes/stratum-process.js'

/** A regtest node and a stratum process on it; jobs come when the test asks for them. */
export interface RealPool {
  readonly node: Bitcoind
  readonly engine: EngineOptions
  readonly plan: CoinbasePlan
  readonly poolAddress: string
  readonly dataDir: string
  /** In the order of `STRATUM_PORTS`. */
  readonly ports: readonly number[]
  readonly told: ToPrimary[]
  /** Fetches a template and hands out its job, made by `plan` when one is given. */
  postJob(plan?: CoinbasePlan): Promise<Job>
  /** As the primary does when an operator has changed a setting. */
  follow(settings: RunTimeSettings): void
  close(): Promise<void>
}

export interface RealPoolOptions {
  /** Ports with the number 0. */
  readonly ports: string
  readonly settings?: Readonly<Record<string, string>>
  /** Default: says nothing. */
  readonly log?: Log
}

export async function openRealPool({ ports, settings, log: given }: RealPoolOptions): Promise<RealPool> {
  const log = given ?? pino({ level: 'silent' })
  const directory = await mkdtemp(join(tmpdir(), 'headframe-real-pool-'))
  const services = testServices()
  const { packagesDirectory } = services
  const node = await startBitcoind({ directory: join(directory, 'bitcoin'), packagesDirectory })
  const poolAddress = await node.rpc<string>('getnewaddress')
  const dataDir = join(directory, 'data')
  const engine = parseEngineOptions({
    DATA_DIR: dataDir,
    BITCOIND_URLS: node.url,
    DATABASE_URL: services.postgresUrl,
    REDIS_URL: services.redisUrl,
    POOL_ADDRESS: poolAddress,
    STRATUM_HOST: '127.0.0.1',
    STRATUM_PORTS: ports,
    ...settings,
  })
  await new CandidateFiles(dataDir).prepare()
  const jobDirectory = new JobDirectory(dataDir, 'regtest')
  const told: ToPrimary[] = []
  const modules = { log, nowMs: Date.now, monotonicMs: () => performance.now() }
  const stratum = await StratumProcess.start(
    { engine, slot: 0, network: 'regtest', extranonce1Prefix: 7, resumesBlocks: false },
    { ...modules, tell: (message) => told.push(message) },
  )
  const plan = planCoinbase(engine, 'regtest')
  const archive = await JobArchive.open({ dataDir, network: 'regtest' }, modules)
  const transactions = new TransactionArchive({
    directory: jobDirectory,
    log,
    onNews: (news) => void stratum.hearOfTransactions(news),
  })
  let job: Job | undefined
  let firstJobNumber = 1
  let listening: Promise<void> | undefined
  const boardFor = (of: CoinbasePlan): JobBoard =>
    new JobBoard(
      { maxAgeMs: 600_000 },
      {
        factory: new JobFactory({ plan: of, poolTag: '/test/', firstJobNumber: firstJobNumber++ }),
        archive,
        transactions,
        ...modules,
        broadcast: (message) => {
          if (message.type !== 'job') return
          job = message.job
          listening = stratum.takeJob(message.job)
        },
      },
    )
  const postJob = async (of = plan): Promise<Job> => {
    const json = await node.rpc('getblocktemplate', [{ rules: ['segwit'] }])
    boardFor(of).post(parseBlockTemplate(json, coinbaseReserve(of)), true)
    await listening
    await transactions.settle()
    return job!
  }
  await postJob()
  return {
    node,
    engine,
    plan,
    poolAddress,
    dataDir,
    ports: told.flatMap((message) => (message.type === 'listening' ? message.ports : [])),
    told,
    postJob,
    follow: (settings) => stratum.follow(settings),
    async close() {
      await stratum.close()
      await archive.settle()
      await node.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
