import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CandidateRecords } from '@headframe/engine/block/candidate-records'
import { startBitcoind, type Bitcoind } from '@headframe/local/bitcoind'
import { freePort } from '@headframe/local/free-port'
import type { PoolJob } from '@headframe/miner/pool-job'
import { solve } from '@headframe/miner/solve'
import { StratumClient } from '@headframe/miner/stratum-client'
import { benchAnswers } from './answer-block.js'
import { fillMempool, FULL_BLOCKS } from './fill-mempool.js'
import { partWithin } from './measure/histogram.js'
import { percentile } from './percentile.js'
import { RecordingNode } from './recording-node.js'
import type { Row } from './report.js'
import { rowOfRounds } from './rounds.js'
import { nobodysAddress, openServePool, packagesDirectory, type ServePool } from './serve-pool.js'

const BLOCKS = 60
const MAX_SENT_AFTER_MS = 5
/** Until the next block: the files of the last one are made meanwhile, and the doors have read it. */
const PAUSE_MS = 500
const SENT_HISTOGRAM = 'headframe_block_share_to_submit_seconds'
/** A full template has more than 2,048 transactions. */
const FULL_PATH = 12

/**
 * From a share that is a block to `submitblock` leaving for two nodes, with a template of 4,000,000 weight units. The
 * doors in front of the node hold the blocks back but the last, which the node has to accept.
 */
export async function benchSubmitBlock(): Promise<Row[]> {
  const directory = await mkdtemp(join(tmpdir(), 'headframe-full-'))
  const node = await startBitcoind({ directory, packagesDirectory, args: FULL_BLOCKS })
  const doors = [await RecordingNode.open(node.url), await RecordingNode.open(node.url)] as const
  try {
    await fillMempool(node.rpc)
    const nodes = doors.map(({ url }) => ({ ...node, url })) as unknown as [Bitcoind, ...Bitcoind[]]
    const metrics = `127.0.0.1:${await freePort()}`
    const environment = { TEMPLATE_REFRESH_SECONDS: '600', METRICS_LISTEN: metrics }
    const pool = await openServePool({ chain: 'regtest', port: 'fixed=1e-9', nodes, environment })
    try {
      return [...(await measure(pool, node, doors, metrics)), ...(await benchAnswers())]
    } finally {
      await pool.close()
    }
  } finally {
    for (const door of doors) await door.stop()
    await node.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

async function measure(
  pool: ServePool,
  node: Bitcoind,
  doors: readonly RecordingNode[],
  metrics: string,
): Promise<Row[]> {
  const client = await StratumClient.connect({ host: '127.0.0.1', port: pool.stratumPort })
  await client.subscribe()
  await client.authorize(nobodysAddress('regtest'))
  const job = await client.jobWhere(({ merklePath }) => merklePath.length >= FULL_PATH)
  await sleep(2_000)
  const afterMs: number[] = []
  for (let block = 0; block < BLOCKS; block++) {
    afterMs.push(await sendBlock(client, job, block, doors))
    await sleep(PAUSE_MS)
  }
  const text = await (await fetch(`http://${metrics}/metrics`)).text()
  for (const door of doors) door.letsThrough = true
  await sendBlock(client, job, BLOCKS, doors)
  const weight = await weightOfNextTip(node, job)
  await client.close()
  const recordMs = await timeRecords(join(pool.dataDir, 'blocks'))
  const what = `block share out to first byte of submitblock, last of ${doors.length} nodes`
  const goal = { atMost: MAX_SENT_AFTER_MS }
  return [
    { what: 'weight of that block', unit: 'WU', median: weight },
    rowOfRounds({ what: `${what}, ${BLOCKS} blocks, p50`, unit: 'ms', goal }, afterMs),
    { what: `${what}, p99`, unit: 'ms', median: percentile(afterMs, 99), goal },
    {
      what: `share in to submitblock left within ${MAX_SENT_AFTER_MS} ms, by the pool's own clock`,
      unit: '%',
      median: 100 * partWithin(text, SENT_HISTOGRAM, MAX_SENT_AFTER_MS / 1_000),
      goal: { atLeast: 99 },
      isMoreBetter: true,
    },
    rowOfRounds({ what: 'record of a block, written and synced, p50', unit: 'ms' }, recordMs),
    { what: 'record of a block, written and synced, p99', unit: 'ms', median: percentile(recordMs, 99) },
  ]
}

/** From the write of the share to the first byte at the door that it came to last, ms. */
async function sendBlock(
  client: StratumClient,
  job: PoolJob,
  extranonce2: number,
  doors: readonly RecordingNode[],
): Promise<number> {
  const share = solve(job, { wanted: 'block', extranonce2 })
  const counts = doors.map(({ blocks }) => blocks.length)
  const startedAtMs = performance.now()
  const answer = await client.submit(share)
  if (!answer.isAccepted) throw new Error(`a block was refused: ${answer.text}`)
  while (doors.some(({ blocks }, index) => blocks.length === counts[index])) await sleep(1)
  return Math.max(...doors.map(({ blocks }, index) => blocks[counts[index]!]!.firstByteAtMs)) - startedAtMs
}

/** Of the block that the node has taken on top of the one that the job is on. */
async function weightOfNextTip({ rpc }: Bitcoind, job: PoolJob): Promise<number> {
  const before = Buffer.from(job.prevHash).reverse().toString('hex')
  for (;;) {
    const tip = await rpc<string>('getbestblockhash')
    if (tip !== before) return (await rpc<{ weight: number }>('getblock', [tip])).weight
    await sleep(20)
  }
}

/** On the disk of the pool, once it has come to rest. */
async function timeRecords(directory: string): Promise<number[]> {
  const records = await CandidateRecords.open(directory, 99)
  const record = {
    candidate: CANDIDATE,
    headHex: 'ab'.repeat(400),
    transactionsId: '00000001',
    transactionsSize: 1,
  }
  const tookMs: number[] = []
  for (let block = 0; block < BLOCKS; block++) {
    const startedAtMs = performance.now()
    const place = records.write(record)
    tookMs.push(performance.now() - startedAtMs)
    await records.clear(place!)
    await sleep(5)
  }
  await records.close()
  return tookMs
}

const CANDIDATE = {
  hash: 'ab'.repeat(32),
  height: 900_000,
  nbits: 0x1d00ffff,
  foundAtMs: 1_700_000_000_000,
  address: nobodysAddress('regtest'),
  workerName: 'rig',
  mode: 'pplns',
  coinbaseValueSats: 312_500_000n,
  feesSats: 0n,
  writerId: 's00-00000000',
  incarnation: 1,
  windowEndShareSeq: 1n,
} as const
