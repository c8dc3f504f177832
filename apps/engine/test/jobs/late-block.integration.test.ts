import type { NodeAnswer } from '@headframe/core/block/candidate'
import { planFor } from '@headframe/core/job/coinbase-plan'
import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import { ShareValidator } from '@headframe/core/share/validate-share'
import type { BlockTemplate } from '@headframe/core/template/block-template'
import { expect, onTestFinished, test } from 'vitest'
import { CandidateFiles } from '../../src/block/candidate-file.js'
import { foundBlock } from '../../src/block/found-block.js'
import { CandidateRecords } from '../../src/block/candidate-records.js'
import { JobArchive } from '../../src/jobs/job-archive.js'
import { JobDirectory } from '../../src/jobs/job-directory.js'
import { firstJobNumber, JobFactory } from '../../src/jobs/job-factory.js'
import { JobStore } from '../../src/jobs/job-store.js'
import { JobTransactions } from '../../src/jobs/job-transactions.js'
import { TransactionArchive } from '../../src/jobs/transaction-archive.js'
import { readPastJobs } from '../../src/jobs/read-past-jobs.js'
import { StratumBlocks } from '../../src/processes/stratum-blocks.js'
import { SeenShares } from '../../src/share/seen-shares.js'
import { SubmitShare } from '../../src/share/submit-share.js'
import { fetchTemplate, templateWithTransactions } from '../block/block-story.js'
import { assign, EASY, findNonce, submissionOf } from '../find-share.js'
import { ownNode } from '../own-node.js'
import { NETWORK, openWriter, silent, temporaryDirectory } from '../journal/journal-fixture.js'
import { until } from '../until.js'

const WORKER = { address: 'bcrt1qminer', workerName: 'rig', mode: 'pplns' } as const
const node = ownNode()

async function keepTransactions(dataDir: string, id: string, template: BlockTemplate): Promise<void> {
  const directory = new JobDirectory(dataDir, NETWORK)
  const archive = new TransactionArchive({ directory, log: silent, onNews: () => undefined })
  archive.keep(id, template.transactions)
  await archive.settle()
}

async function mineOne(): Promise<void> {
  const { rpc } = node()
  await rpc('generatetoaddress', [1, await rpc<string>('getnewaddress')])
}

interface Answer extends NodeAnswer {
  readonly hash: string
}

/** The spine with a journal and a real node behind it; `answers` are what the node says of its blocks. */
async function openSpine(
  dataDir: string,
  jobs: JobStore,
): Promise<{ spine: SubmitShare; answers: Answer[] }> {
  const files = new CandidateFiles(dataDir)
  await files.prepare()
  const answers: Answer[] = []
  const blocks = new StratumBlocks(
    { dataDir, nodes: parseBitcoinNodes(node().url) },
    {
      records: await CandidateRecords.open(files.directory, 0),
      transactions: new JobTransactions({ directory: new JobDirectory(dataDir, NETWORK), log: silent }),
      log: silent,
      nowMs: Date.now,
      monotonicMs: () => performance.now(),
      tell: (message) => {
        if (message.type === 'block-answered') answers.push({ hash: message.hash, ...message.answer })
      },
    },
  )
  onTestFinished(() => blocks.close())
  const journal = await openWriter(dataDir)
  const spine = new SubmitShare(
    {
      validator: new ShareValidator(),
      jobs,
      seenShares: new SeenShares(),
      journal,
      sendBlock: (found, isShare) => blocks.submit(foundBlock(found, isShare, journal)),
    },
    { graceMs: -1, isCredited: false },
  )
  return { spine, answers }
}

test('a block of a job that a restarted pool knows from the disk alone still reaches the node, late as it is', async () => {
  const dataDir = await temporaryDirectory()
  const place = { dataDir, network: NETWORK }
  const parts = { plan: planFor(Uint8Array.of(0x51)), poolTag: '/test/' }

  // One engine posts a job and dies; the job's tip is replaced meanwhile.
  const before = await JobArchive.open(place, { log: silent, nowMs: Date.now })
  const template = await templateWithTransactions(node().rpc)
  before.keep(new JobFactory({ ...parts, firstJobNumber: 1 }).build(template, true, Date.now()), Date.now())
  await before.settle()
  await keepTransactions(dataDir, '00000001', template)
  await mineOne()

  // The next one knows it, goes on above its number, and hands out work on the new tip.
  const archive = await JobArchive.open(place, { log: silent, nowMs: Date.now })
  const jobs = new JobStore()
  for (const { job, postedAtMs } of await readPastJobs(place, Date.now())) jobs.addPast(job, postedAtMs)
  const factory = new JobFactory({ ...parts, firstJobNumber: firstJobNumber(archive.lastJobNumber, 0) })
  const next = factory.build(await fetchTemplate(node().rpc), true, Date.now())
  jobs.add(next, Date.now())
  const late = jobs.byNumber(1)!
  expect(next.jobId > late.jobId).toBe(true)
  expect(jobs.stateOf(late)).toBe('stale')

  const { spine, answers } = await openSpine(dataDir, jobs)
  const assigned = assign(late, EASY)
  const submission = submissionOf(late, findNonce(assigned, EASY))
  expect(spine.submit(WORKER, assigned, submission, Date.now())).toBe('stale-share')
  await until(() => answers.length > 0)

  // Whole and valid, though not on the best chain (BIP 22), where another block has its height: the node is asked to
  // prefer it, and once more whether it has it.
  await until(() => answers.length > 2)
  const [{ hash }] = answers as [Answer]
  const results = answers.map(({ call, result }) => [call, result])
  expect(results).toEqual([
    ['submitblock', 'inconclusive'],
    ['preciousblock', null],
    ['submitblock', 'duplicate'],
  ])
  expect(await node().rpc('getblock', [hash])).toMatchObject({
    confirmations: 1,
    nTx: template.transactionCount + 1,
    height: template.height,
  })
})

test('of two blocks of ours at one height the node keeps the one that it had first', async () => {
  const dataDir = await temporaryDirectory()
  const factory = new JobFactory({ plan: planFor(Uint8Array.of(0x51)), poolTag: '/test/', firstJobNumber: 1 })
  await mineOne()
  const template = await fetchTemplate(node().rpc)
  const job = factory.build(template, true, Date.now())
  const jobs = new JobStore()
  jobs.add(job, Date.now())
  const { spine, answers } = await openSpine(dataDir, jobs)
  await keepTransactions(dataDir, job.transactionsId, template)
  const assigned = assign(job, EASY)
  const submit = (nonce: number) => spine.submit(WORKER, assigned, submissionOf(job, nonce), Date.now())
  const first = findNonce(assigned, EASY)
  submit(first)
  await until(async () => (await new CandidateFiles(dataDir).list()).length === 1)
  const [{ hash }] = answers as [Answer]
  submit(findNonce(assigned, EASY, first + 1))
  await until(() => answers.length === 3)
  expect(answers.map(({ call, result }) => [call, result])).toEqual([
    ['submitblock', null],
    ['submitblock', 'inconclusive'],
    ['submitblock', 'duplicate'],
  ])
  expect(await node().rpc('getbestblockhash')).toBe(hash)
})
