import { bytesToHex, concatBytes } from '@headframe/core/bytes'
import { parseAddress } from '@headframe/core/chain/address'
import {
  blockHash,
  displayHash,
  HEADER_SIZE,
  serialiseHeader,
  parseHeader,
} from '@headframe/core/chain/header'
import { assembleProposal } from '@headframe/core/job/assemble-proposal'
import { buildJob } from '@headframe/core/job/build-job'
import { planFor } from '@headframe/core/job/coinbase-plan'
import type { Job } from '@headframe/core/job/job'
import type { LiveWork } from '@headframe/core/live/live-system'
import { parseBlockTemplate, type BlockTemplate } from '@headframe/core/template/block-template'
import { expect, test } from 'vitest'
import { MAX_JOBS, WorkLog } from '../../src/live/work-log.js'
import { jobOn } from '../job-on.js'
import { ownNode } from '../own-node.js'

const node = ownNode()

interface NodeBlock {
  readonly weight: number
  readonly size: number
  readonly height: number
  readonly nTx: number
}

test('weight, size and transactions of a job are those that the node counts in its block', async () => {
  const address = await node().rpc<string>('getnewaddress')
  for (let count = 0; count < 3; count++) await node().rpc('sendtoaddress', [address, 0.1])
  const template = parseBlockTemplate(await node().rpc('getblocktemplate', [{ rules: ['segwit'] }]))
  const parsed = parseAddress(address, 'regtest')
  if (!parsed.ok) throw new Error(parsed.message)
  const plan = planFor(parsed.script)
  const parts = { template, plan, poolTag: '/t/', jobId: '00000007', cleanJobs: true, createdAtMs: 0 }
  const job = buildJob(parts)
  const told: LiveWork[] = []
  const { transactionsWeight } = template
  new WorkLog((work) => told.push(work)).note(job, { reason: 'fees', node: 'a', transactionsWeight }, 5)

  const block = mined(job, template)
  expect(await node().rpc('submitblock', [bytesToHex(block)])).toBeNull()
  const hash = displayHash(blockHash(block.subarray(0, HEADER_SIZE)))
  const counted = await node().rpc<NodeBlock>('getblock', [hash, 1])
  expect(told).toHaveLength(1)
  expect(told[0]!.jobs).toEqual([
    {
      ...{ jobId: '00000007', atMs: 5, node: 'a', reason: 'fees', height: counted.height, cleanJobs: true },
      transactionCount: counted.nTx - 1,
      feesSats: template.feesSats.toString(),
      coinbaseValueSats: template.coinbaseValueSats.toString(),
      weight: counted.weight,
      sizeBytes: counted.size,
      coinbaseBytes: expect.any(Number) as number,
      largestCoinbaseBytes: told[0]!.jobs[0]!.coinbaseBytes,
    },
  ])
  expect(counted.nTx).toBe(4)
})

/** A block of the job; on regtest half of all hashes are good enough. */
function mined(job: Job, { transactions }: BlockTemplate): Uint8Array {
  const head = assembleProposal(job)
  for (let nonce = 0; ; nonce++) {
    const header = serialiseHeader({ ...parseHeader(head.subarray(0, HEADER_SIZE)), nonce })
    // Display order begins with the highest byte: below half of all is a target that regtest takes.
    if (parseInt(displayHash(blockHash(header)).slice(0, 2), 16) < 0x7f)
      return concatBytes(header, head.subarray(HEADER_SIZE), transactions)
  }
}

test('the newest stand first, and no more are kept than are named', () => {
  let told: LiveWork = { jobs: [] }
  const log = new WorkLog((work) => (told = work))
  const made = { reason: 'age', node: 'a', transactionsWeight: 0 } as const
  for (let tip = 0; tip <= MAX_JOBS; tip++) log.note(jobOn(tip), made, tip)
  expect(told.jobs.map(({ atMs }) => atMs)).toEqual(
    Array.from({ length: MAX_JOBS }, (_, index) => MAX_JOBS - index),
  )
})
