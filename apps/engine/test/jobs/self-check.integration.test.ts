import { parseAddress } from '@headframe/core/chain/address'
import { buildJob } from '@headframe/core/job/build-job'
import { planFor } from '@headframe/core/job/coinbase-plan'
import type { LiveSelfCheck } from '@headframe/core/live/live-feed'
import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import { parseBlockTemplate, type BlockTemplate } from '@headframe/core/template/block-template'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { closeNodes, openNodes, type Node } from '../../src/bitcoind/open-nodes.js'
import { SelfCheck } from '../../src/jobs/self-check.js'
import { ownNode } from '../own-node.js'

/** Longer than a busy machine takes. */
const PATIENT = { timeout: 10_000 }

const node = ownNode()
let nodes: readonly Node[]
let script: Uint8Array
let address: string
let checker: SelfCheck
let results: LiveSelfCheck[]
let alarms: string[]

beforeAll(async () => {
  nodes = openNodes(parseBitcoinNodes(node().url))
  address = await node().rpc<string>('getnewaddress')
  const parsed = parseAddress(address, 'regtest')
  if (!parsed.ok) throw new Error(parsed.message)
  script = parsed.script
  for (let count = 0; count < 5; count++) await node().rpc('sendtoaddress', [address, 0.1])
})
afterAll(() => closeNodes(nodes))

beforeEach(() => {
  results = []
  alarms = []
  const log = pino({ level: 'fatal' }, { write: (line: string) => void alarms.push(line) })
  const onResult = (check: LiveSelfCheck): void => void results.push(check)
  checker = new SelfCheck({ soloScript: script }, { nodes, log, nowMs: Date.now, onResult })
})
afterEach(() => checker.close())

async function fetchTemplate(): Promise<BlockTemplate> {
  return parseBlockTemplate(await node().rpc('getblocktemplate', [{ rules: ['segwit'] }]))
}

function check(template: BlockTemplate, jobId = '00000001', on = nodes[0]!.name): void {
  const plan = { ...planFor(script), solo: [{ script, basisPoints: 100 }] }
  const job = buildJob({ template, jobId, plan, poolTag: '/t/', cleanJobs: true, createdAtMs: 0 })
  checker.check({ job, transactions: template.transactions, node: on })
}

test('the node says that it would take each variant of the block', async () => {
  const template = await fetchTemplate()
  expect(template.transactionCount).toBe(5)
  check(template)
  await expect.poll(() => results, PATIENT).toHaveLength(1)
  expect(results[0]).toMatchObject({ jobId: '00000001', node: nodes[0]!.name, height: template.height })
  expect(results[0]!.results).toEqual([
    { variant: 'pool', result: null },
    { variant: 'solo', result: null },
  ])
  expect(alarms).toEqual([])
})

test.each([
  [
    'a value that the block does not have',
    'bad-cb-amount',
    ({ coinbaseValueSats, ...rest }: BlockTemplate) => ({
      ...rest,
      coinbaseValueSats: coinbaseValueSats + 1n,
    }),
  ],
  [
    'a commitment to other witnesses',
    'bad-witness-merkle-match',
    (template: BlockTemplate) => ({
      ...template,
      witnessCommitmentScript: Uint8Array.from(template.witnessCommitmentScript!, (byte, at) =>
        at < 6 ? byte : byte ^ 1,
      ),
    }),
  ],
  [
    'a transaction that is missing from the root',
    'bad-txnmrklroot',
    (template: BlockTemplate) => ({
      ...template,
      merklePath: template.merklePath.slice(1),
    }),
  ],
])('%s raises an alarm with the reason of the node', async (_what, reason, spoil) => {
  check(spoil(await fetchTemplate()))
  await expect.poll(() => results, PATIENT).toHaveLength(1)
  expect(results[0]!.results.map(({ result }) => result)).toEqual([reason, reason])
  expect(alarms).toHaveLength(1)
  expect(alarms[0]).toContain('a block of the pool would be refused')
  expect(alarms[0]).toContain(reason)
})

test('a template that was replaced is no alarm, and of several only the newest is checked', async () => {
  const old = await fetchTemplate()
  await node().rpc('generateblock', [address, []])
  check(old, '00000001')
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect([results, alarms]).toEqual([[], []])
  const template = await fetchTemplate()
  for (const jobId of ['00000002', '00000003', '00000004']) check(template, jobId)
  await expect.poll(() => results.map(({ jobId }) => jobId), PATIENT).toEqual(['00000004'])
})

test('a node that is away has not looked, and raises no alarm', async () => {
  const away = openNodes(parseBitcoinNodes('http://user:password@127.0.0.1:1'))
  const log = pino({ level: 'fatal' }, { write: (line: string) => void alarms.push(line) })
  const modules = {
    nodes: away,
    log,
    nowMs: Date.now,
    onResult: (one: LiveSelfCheck) => void results.push(one),
  }
  checker = new SelfCheck({ soloScript: undefined }, modules)
  check(await fetchTemplate(), '00000001', away[0]!.name)
  await expect.poll(() => results, PATIENT).toHaveLength(1)
  expect(results[0]!.results[0]!.result).toMatch(/^away: /)
  expect(alarms).toEqual([])
  closeNodes(away)
})
