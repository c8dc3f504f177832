import { bytesToHex, concatBytes } from '@headframe/core/bytes'
import { emptyTemplate } from '@headframe/core/template/empty-template'
import { displayHash, HEADER_SIZE, writeHeader } from '@headframe/core/chain/header'
import { rootFromPath } from '@headframe/core/chain/merkle'
import { sha256d } from '@headframe/core/hash'
import { assembleBlockHead } from '@headframe/core/job/assemble-block-head'
import { assembleCoinbase } from '@headframe/core/job/coinbase'
import { planFor } from '@headframe/core/job/coinbase-plan'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE, type Job } from '@headframe/core/job/job'
import type { BlockTemplate } from '@headframe/core/template/block-template'
import { expect, onTestFinished, test } from 'vitest'
import { loadWindow } from '../../src/bitcoind/load-window.js'
import { RpcClient } from '../../src/bitcoind/rpc-client.js'
import type { Work } from '../../src/bitcoind/work.js'
import { JobFactory } from '../../src/jobs/job-factory.js'
import { assign, EASY, findNonce } from '../find-share.js'
import { until } from '../until.js'
import { mine, openSet, startNode, tipOfNode, type OpenSet, type TestNode } from './open-set.js'

const POOL_SCRIPT = Uint8Array.of(0x51)

interface NodeTemplate {
  readonly height: number
  readonly bits: string
  readonly mintime: number
  readonly previousblockhash: string
  readonly coinbasevalue: number
}

const askTemplate = ({ node }: TestNode) =>
  node.rpc<NodeTemplate>('getblocktemplate', [{ rules: ['segwit'] }])

/** What the node itself would say of these. */
const asNode = (template: BlockTemplate): NodeTemplate => ({
  height: template.height,
  bits: template.nbits.toString(16).padStart(8, '0'),
  mintime: template.mintime,
  previousblockhash: displayHash(template.prevHash),
  coinbasevalue: Number(template.coinbaseValueSats),
})

function blockOf(job: Job, transactions: Uint8Array): string {
  const [extranonce1, extranonce2] = [new Uint8Array(EXTRANONCE1_SIZE), new Uint8Array(EXTRANONCE2_SIZE)]
  const nonce = findNonce(assign(job, EASY), EASY)
  const root = rootFromPath(sha256d(assembleCoinbase(job, extranonce1, extranonce2)), job.merklePath)
  const header = new Uint8Array(HEADER_SIZE)
  writeHeader(header, job.version, job.prevHash, root, job.ntime, job.nbits, nonce)
  return bytesToHex(concatBytes(assembleBlockHead(job, header, extranonce1, extranonce2), transactions))
}

const jobOf = (template: BlockTemplate): Job =>
  new JobFactory({ plan: planFor(POOL_SCRIPT), poolTag: '/test/', firstJobNumber: 1 }).build(
    template,
    true,
    Date.now(),
  )

/** Pays somebody, and waits until the node's templates have it: it looks at its mempool every five seconds. */
async function payFee({ node }: TestNode): Promise<void> {
  await node.rpc('sendtoaddress', [await node.rpc<string>('getnewaddress'), 1])
}

async function ready(open: OpenSet): Promise<void> {
  await until(() => open.works.some(({ kind }) => kind === 'full'))
  open.works.length = 0
}

/** Ready, connected to what the node publishes, and knowing its chain: the next tip begins with an empty job. */
async function hearing(open: OpenSet, node: TestNode): Promise<void> {
  await ready(open)
  let isHearing = false
  while (!isHearing) {
    const tip = await mine(node)
    await until(() =>
      open.works.some(({ kind, template }) => kind === 'full' && displayHash(template.prevHash) === tip),
    )
    isHearing = open.works.at(-2)?.kind === 'empty'
  }
  open.works.length = 0
}

/**
 * Mines a block without transactions, and waits for all work on it. Where the node's own template is faster than what
 * it publishes, as on a busy machine, there is no empty job: then another block is mined.
 */
async function worksOnNewTip(near: TestNode, open: OpenSet): Promise<[Work, Work]> {
  for (;;) {
    const address = await near.node.rpc<string>('getnewaddress')
    const { hash } = await near.node.rpc<{ hash: string }>('generateblock', [address, []])
    const onTip = () => open.works.filter(({ template }) => displayHash(template.prevHash) === hash)
    await until(() => onTip().some(({ kind }) => kind === 'full'))
    const [first, second] = onTip()
    if (second?.kind === 'full') return [first!, second]
  }
}

test('the first work on a new tip is empty and clean; the full one follows without', async () => {
  const near = await startNode()
  const open = await openSet([near])
  await hearing(open, near)
  await payFee(near)
  const [empty, full] = await worksOnNewTip(near, open)
  const hash = await tipOfNode(near)
  expect(empty).toMatchObject({ kind: 'empty', isNewTip: true, node: 'a' })
  expect(full).toMatchObject({ kind: 'full', isNewTip: false, node: 'a' })
  expect([empty, full].map(({ template }) => displayHash(template.prevHash))).toEqual([hash, hash])
  expect(full.template.transactionCount).toBe(1)
  expect(empty.template).toMatchObject({ transactionCount: 0, feesSats: 0n })
  const { coinbasevalue, ...fields } = asNode(empty.template)
  expect(await askTemplate(near)).toMatchObject(fields)
  expect(BigInt(coinbasevalue)).toBe(full.template.coinbaseValueSats - full.template.feesSats)
  expect(await open.registry.metrics()).toMatch(
    /headframe_tip_switches_total\{source="(raw|hash)block"\} [1-9]/,
  )
  expect(await open.registry.metrics()).toMatch(/headframe_jobs_total\{kind="empty"\} [1-9]/)
})

test('the node takes a block that was mined on an empty job', async () => {
  const near = await startNode()
  const open = await openSet([near])
  await hearing(open, near)
  const [{ kind, template }] = await worksOnNewTip(near, open)
  expect(kind).toBe('empty')
  const job = jobOf(template)
  expect(job.hasWitnessCommitment).toBe(false)
  expect(await near.node.rpc('submitblock', [blockOf(job, template.transactions)])).toBeNull()
  const tip = await near.node.rpc<{ tx: string[]; height: number }>('getblock', [await tipOfNode(near)])
  expect(tip).toMatchObject({ height: template.height })
  expect(tip.tx).toHaveLength(1)
})

test('without ZMQ the long poll tells of a new tip before the look does, and empty jobs can be turned off', async () => {
  const near = await startNode()
  const open = await openSet([near], { reach: ({ url }) => url, settings: { EMPTY_JOBS: 'off' } })
  await ready(open)
  // The call that waits has to be on its way.
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  await mine(near)
  await until(() => open.works.length >= 1)
  expect(open.works[0]).toMatchObject({ kind: 'full', isNewTip: true })
  expect(await open.registry.metrics()).toMatch(/headframe_tip_switches_total\{source="(longpoll|poll)"\} 1/)
})

test('an empty job says what the node says, block by block, over the boundary of a period', async () => {
  const near = await startNode()
  const rpc = new RpcClient({ url: near.node.url })
  onTestFinished(() => rpc.close())
  let now = Math.floor(Date.now() / 1_000)
  // Times that go back and forth, so that the median of eleven is not one of the last few.
  for (let block = 0; block < 46; block++) {
    now += block % 3 === 0 ? 3_000 : 10
    await near.node.rpc('setmocktime', [now])
    await mine(near)
    const window = (await loadWindow(rpc, 'regtest', await tipOfNode(near)))!
    const template = emptyTemplate(window, { version: 0x20000000, coinbaseFlags: new Uint8Array(0) }, now)!
    expect(await askTemplate(near)).toMatchObject(asNode(template))
  }
  expect((await askTemplate(near)).height).toBeGreaterThan(144)
})

test('on testnet4 as well, where a block may be of minimum difficulty', async () => {
  const far = await startNode('testnet4')
  const rpc = new RpcClient({ url: far.node.url })
  onTestFinished(() => rpc.close())
  const window = (await loadWindow(rpc, 'testnet4', await tipOfNode(far)))!
  const now = Math.floor(Date.now() / 1_000)
  const template = emptyTemplate(window, { version: 0x20000000, coinbaseFlags: new Uint8Array(0) }, now)!
  expect(await askTemplate(far)).toMatchObject(asNode(template))
})

test('fees that rise are worth new work at once, without a new tip', async () => {
  const near = await startNode()
  const open = await openSet([near])
  await ready(open)
  await payFee(near)
  await until(() => open.works.length >= 1)
  expect(open.works[0]).toMatchObject({ kind: 'refresh', isNewTip: false })
  expect(open.works[0]!.template.feesSats).toBeGreaterThan(0n)
})

test('work is renewed after a while, whatever the fees', async () => {
  const near = await startNode()
  const open = await openSet([near], { settings: { TEMPLATE_REFRESH_SECONDS: '1' } })
  await ready(open)
  await until(() => open.works.length >= 2)
  expect(open.works.map(({ kind, isNewTip }) => [kind, isNewTip])).toEqual([
    ['refresh', false],
    ['refresh', false],
  ])
})
