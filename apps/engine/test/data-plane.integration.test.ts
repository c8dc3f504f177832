import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytesToHex, hexToBytes } from '@headframe/core/bytes'
import type { BlockCandidate, NodeAnswer } from '@headframe/core/block/candidate'
import { parseAddress } from '@headframe/core/chain/address'
import type { Network } from '@headframe/core/chain/network'
import { coinbaseOutputs, parseBlock } from '@headframe/core/chain/block'
import type { ConnectionEvent, RefusalEvent } from '@headframe/core/live/connection-event'
import { liveKeys } from '@headframe/core/live/live-feed'
import { planFor } from '@headframe/core/job/coinbase-plan'
import type { Job } from '@headframe/core/job/job'
import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import { NO_COST } from '@headframe/core/template/fit-transactions'
import { startBitcoind, type Bitcoind } from '@headframe/local/bitcoind'
import { testServices } from '@headframe/local/testing/services'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { Registry } from 'prom-client'
import { getChainInfo } from '../src/bitcoind/node-status.js'
import { openNodes } from '../src/bitcoind/open-nodes.js'
import { RpcClient, RpcError, RpcUnavailable } from '../src/bitcoind/rpc-client.js'
import { waitForNetwork } from '../src/bitcoind/wait-for-network.js'
import { BlockLine } from '../src/block/block-line.js'
import { CandidateFiles } from '../src/block/candidate-file.js'
import { BlockSender } from '../src/block/send-block.js'
import { parseEngineOptions } from '../src/env.js'
import { JobArchive } from '../src/jobs/job-archive.js'
import { JobDirectory } from '../src/jobs/job-directory.js'
import { JobFactory } from '../src/jobs/job-factory.js'
import { TransactionArchive } from '../src/jobs/transaction-archive.js'
import { NodeMetrics } from '../src/metrics/node-metrics.js'
import { JobBoard } from '../src/processes/job-board.js'
import type { ToPrimary } from '../src/processes/messages.js'
import { openNodeSet, type OpenNodeSet } from '../src/processes/open-node-set.js'
import { StratumProcess } from '../src/processes/stratum-process.js'
import { assign, EASY, findNonce } from './find-share.js'
import { LineClient } from './stratum/line-client.js'
import { until } from './until.js'

const log = pino({ level: 'silent' })
const monotonicMs = (): number => performance.now()
const POOL_TAG = '/Headframe test/'

let directory: string
let node: Bitcoind
/** Those of the first start, so that a later one is found again. */
let ports: Partial<Pick<Bitcoind, 'rpcPort' | 'zmqPort'>> = {}
let rpc: RpcClient
let poolAddress: string
let stratum: StratumProcess
let nodes: OpenNodeSet
let board: JobBoard
let port: number
/** What time the job board thinks it is, ahead of the real one. */
let aheadMs = 0
let job: Job
let jobDirectory: JobDirectory
const told: ToPrimary[] = []

const startNode = (): Promise<Bitcoind> =>
  startBitcoind({
    directory: join(directory, 'bitcoin'),
    packagesDirectory: testServices().packagesDirectory,
    ...ports,
  })

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'headframe-data-plane-'))
  node = await startNode()
  ports = { rpcPort: node.rpcPort, zmqPort: node.zmqPort }
  const opened = openNodes(parseBitcoinNodes(`${node.url} rawblock=${node.zmqRawblockUrl}`))
  rpc = opened[0]!.rpc
  poolAddress = await node.rpc<string>('getnewaddress', [])
  const fits = (network: Network) => parseAddress(poolAddress, network).ok
  expect(await waitForNetwork(opened, fits, log, AbortSignal.timeout(10_000))).toBe('regtest')
  const dataDir = join(directory, 'data')
  const engine = parseEngineOptions({
    DATA_DIR: dataDir,
    BITCOIND_URLS: node.url,
    DATABASE_URL: testServices().postgresUrl,
    REDIS_URL: testServices().redisUrl,
    POOL_ADDRESS: poolAddress,
    STRATUM_HOST: '127.0.0.1',
    STRATUM_PORTS: '0 fixed=1e-9',
    TEMPLATE_REFRESH_SECONDS: '1',
  })
  await new CandidateFiles(dataDir).prepare()
  const nowMs = Date.now
  stratum = await StratumProcess.start(
    { engine, slot: 0, network: 'regtest', extranonce1Prefix: 7, resumesBlocks: false },
    { log, nowMs, monotonicMs, tell: (message) => told.push(message) },
  )
  const place = { dataDir, network: 'regtest' } as const
  jobDirectory = new JobDirectory(dataDir, 'regtest')
  const script = parseAddress(poolAddress, 'regtest')
  const poolScript = script.ok ? script.script : new Uint8Array()
  board = new JobBoard(
    { maxAgeMs: 600_000 },
    {
      factory: new JobFactory({ plan: planFor(poolScript), poolTag: POOL_TAG, firstJobNumber: 1 }),
      archive: await JobArchive.open(place, { log, nowMs }),
      transactions: new TransactionArchive({
        directory: jobDirectory,
        log,
        onNews: (news) => void stratum.hearOfTransactions(news),
      }),
      log,
      nowMs: () => Date.now() + aheadMs,
      broadcast: (message) => {
        if (message.type === 'job') {
          job = message.job
          void stratum.takeJob(message.job)
        } else if (message.type === 'retire') stratum.retire()
      },
    },
  )
  nodes = openNodeSet(engine, 'regtest', {
    reserve: NO_COST,
    nodes: opened,
    log,
    nowMs,
    monotonicMs,
    onWork: ({ template, isNewTip }) => board.post(template, isNewTip),
    onNoWork: (reason) => board.retire(reason),
    onTip: () => undefined,
    onStatus: () => undefined,
    observer: new NodeMetrics(new Registry()),
  })
  await nodes.set.start()
  await until(() => told.some(({ type }) => type === 'listening'))
  port = told.flatMap((message) => (message.type === 'listening' ? message.ports : []))[0]!
})

afterAll(async () => {
  await nodes.close()
  await stratum.close()
  await node.stop()
  await rm(directory, { recursive: true, force: true })
})

async function mine(client: LineClient, sessionExtranonce1: Uint8Array): Promise<void> {
  const of = job
  const nonce = findNonce(assign(of, EASY, Uint8Array.of(0, ...sessionExtranonce1)), EASY)
  const hex = (number: number): string => number.toString(16).padStart(8, '0')
  const params = [poolAddress, `${of.jobId}00`, '0000000000000000', hex(of.ntime), hex(nonce)]
  expect(await client.call(3, 'mining.submit', params)).toMatchObject({ result: true })
}

async function connectMiner(): Promise<{ client: LineClient; sessionExtranonce1: Uint8Array }> {
  const client = await LineClient.connect(port)
  const { result } = await client.call(1, 'mining.subscribe', [])
  await client.call(2, 'mining.authorize', [poolAddress])
  await client.push('mining.notify')
  return { client, sessionExtranonce1: hexToBytes((result as [unknown, string])[1]) }
}

test('a share that is a block becomes the tip, and pays the pool under its tag', async () => {
  const { client, sessionExtranonce1 } = await connectMiner()
  await node.rpc('sendtoaddress', [poolAddress, 1])
  await until(() => job.transactionCount === 1)
  const { height } = job
  await mine(client, sessionExtranonce1)
  const next = await client.push('mining.notify')
  expect(next.at(-1)).toBe(true)
  await until(() => told.some(({ type }) => type === 'block-answered'))
  const answered = told.findLast(({ type }) => type === 'block-answered')
  expect(answered).toMatchObject({ answer: { result: null } })

  const tip = await rpc.call<string>('getbestblockhash')
  const raw = hexToBytes(await rpc.call<string>('getblock', [tip, 0]))
  const block = parseBlock(raw)
  const [first] = coinbaseOutputs(block)
  const parsed = parseAddress(poolAddress, 'regtest')
  expect(block.transactions).toHaveLength(2)
  expect(bytesToHex(first!.script)).toBe(parsed.ok && bytesToHex(parsed.script))
  expect(Buffer.from(raw).includes(POOL_TAG)).toBe(true)
  expect((await getChainInfo(rpc)).blocks).toBe(height)

  const files = new CandidateFiles(join(directory, 'data'))
  await until(async () => (await files.list()).includes(tip))
  expect(await files.list()).toEqual([tip])
  expect(await files.readCandidate(tip)).toMatchObject({
    hash: tip,
    height,
    address: poolAddress,
    windowEndShareSeq: 1n,
  })
  await until(() => nodes.set.report().height === height)
  expect(await files.readAnswers(tip)).toMatchObject([{ call: 'submitblock', result: null }])
})

test('whoever connects a miner can follow its steps, and nobody but its network what was refused', async () => {
  const redis = new Redis(testServices().redisUrl)
  onTestFinished(() => redis.disconnect())
  const keys = liveKeys('regtest')
  const address = await node.rpc<string>('getnewaddress', [])
  const read = async <Event>(key: string) =>
    (await redis.lrange(key, 0, -1)).map((text) => JSON.parse(text) as Event)
  const client = await LineClient.connect(port)
  await client.call(1, 'mining.subscribe', ['bitaxe/BM1370/v2.4.1'])
  const typo = `${address.slice(0, -1)}${address.endsWith('q') ? 'p' : 'q'}.rig`
  const { error } = await client.call(2, 'mining.authorize', [typo])
  expect(error?.[0]).toBe(24)
  await client.call(3, 'mining.authorize', [`${address}.rig`])
  await client.push('mining.notify')
  await client.call(4, 'mining.submit', [`${address}.rig`, 'ffffffff00', '00', '00000000', '00000000'])
  client.socket.destroy()
  const steps = () => read<ConnectionEvent>(keys.connections(address))
  await until(async () => (await steps())[0]?.what === 'left')
  const [left, reject, sent, authorized] = await steps()
  expect(authorized).toMatchObject({
    what: 'authorized',
    workerName: 'rig',
    userAgent: 'bitaxe/BM1370/v2.4.1',
  })
  expect(sent).toMatchObject({ what: 'job', difficulty: 1e-9, connection: authorized?.connection })
  expect(reject).toMatchObject({ what: 'reject', reason: 'job-not-found' })
  expect(left).toMatchObject({ what: 'left', reason: 'peer-closed' })
  const refused = (await read<RefusalEvent>(keys.refusals('127.0.0.1'))).filter(
    (event) => event.what === 'refused' && event.username === typo,
  )
  expect(refused).toMatchObject([{ text: error?.[1], userAgent: 'bitaxe/BM1370/v2.4.1' }])
})

test('a candidate without an answer is sent again at the next start', async () => {
  const files = new CandidateFiles(join(directory, 'data'))
  const [hash] = await files.list()
  const [candidate, blockHex] = [await files.readCandidate(hash!), await files.readBlockHex(hash!)]
  await files.remove(hash!)
  await files.write(candidate, [blockHex])
  const line = new BlockLine(parseBitcoinNodes(node.url)[0]!)
  onTestFinished(() => line.close())
  const answers: NodeAnswer[] = []
  const onAnswer = (_candidate: BlockCandidate, answer: NodeAnswer): number => answers.push(answer)
  const sender = new BlockSender({ lines: [line], files, log, nowMs: Date.now, monotonicMs, onAnswer })
  await sender.resume()
  await until(() => answers.length === 1)
  expect(answers).toMatchObject([{ node: line.name, call: 'submitblock', result: 'duplicate' }])
  await sender.close()
  expect(await files.readAnswers(hash!)).toEqual(answers)
})

test('a tip that others found sends clean work to every miner', async () => {
  const miners = await Promise.all([connectMiner(), connectMiner(), connectMiner()])
  await node.rpc('generatetoaddress', [1, poolAddress])
  for (const { client } of miners) expect((await client.push('mining.notify')).at(-1)).toBe(true)
})

test('without its node the pool keeps its miners, then lets them go, then takes them back', async () => {
  const { client } = await connectMiner()
  await node.stop()
  await until(() => nodes.set.report().state === 'away')
  expect(nodes.set.report().message).toContain('getblock')
  await expect(rpc.call('getblockcount')).rejects.toBeInstanceOf(RpcUnavailable)
  board.retireIfOld()
  expect((await client.call(5, 'mining.ping', [])).result).toBe('pong')
  aheadMs = 600_000
  board.retireIfOld()
  await client.closed
  expect(board.jobAgeMs).toBeUndefined()

  aheadMs = 0
  node = await startNode()
  await node.rpc('generatetoaddress', [1, poolAddress])
  await until(() => nodes.set.report().state === 'ok' && board.jobAgeMs !== undefined)
  const back = await connectMiner()
  await mine(back.client, back.sessionExtranonce1)
})

test('what the node refuses and what it does not answer are told apart', async () => {
  await expect(rpc.call('getblockhash', [-1])).rejects.toBeInstanceOf(RpcError)
  const stranger = new RpcClient({ url: node.url.replace(/:[^:@]*@/, ':wrong@') })
  await expect(stranger.call('getblockcount')).rejects.toThrow('refuses the user and password')
  stranger.close()
  const cookieless = new RpcClient({ url: 'http://127.0.0.1:1', cookieFile: join(directory, 'no-cookie') })
  await expect(cookieless.call('getblockcount')).rejects.toThrow('cookie file cannot be read')
})
