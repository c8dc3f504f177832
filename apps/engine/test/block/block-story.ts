import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import { ShareValidator } from '@headframe/core/share/validate-share'
import { parseBlockTemplate, type BlockTemplate } from '@headframe/core/template/block-template'
import { planFor } from '@headframe/core/job/coinbase-plan'
import { buildJob } from '@headframe/core/job/build-job'
import type { Job } from '@headframe/core/job/job'
import type { Rpc } from '@headframe/local/bitcoin-rpc'
import { pino } from 'pino'
import { CandidateFiles } from '../../src/block/candidate-file.js'
import { CandidateRecords } from '../../src/block/candidate-records.js'
import { foundBlock, type FoundBlock } from '../../src/block/found-block.js'
import type { OnSubmitStep } from '../../src/block/submit-step.js'
import { JobDirectory } from '../../src/jobs/job-directory.js'
import { JobTransactions } from '../../src/jobs/job-transactions.js'
import { TransactionArchive } from '../../src/jobs/transaction-archive.js'
import type { ToPrimary } from '../../src/processes/messages.js'
import { StratumBlocks } from '../../src/processes/stratum-blocks.js'
import { assign, EASY, findNonce, submissionOf } from '../find-share.js'

const WORKER = { address: 'bcrt1qminer', workerName: 'rig', mode: 'pplns' } as const
const WRITER = { writerId: 's00-00000000', incarnation: 1, nextShareSeq: 5n }
const silent = pino({ level: 'silent' })

/** The half of a stratum process that brings blocks to nodes, with the job archive of its primary. */
export interface BlockStory {
  readonly blocks: StratumBlocks
  readonly files: CandidateFiles
  readonly transactions: JobTransactions
  /** What the primary would have heard. */
  readonly told: ToPrimary[]
  /** A job of the template; its transactions are on the disk and in memory when this returns. */
  readonly takeJob: (template: BlockTemplate) => Promise<Job>
}

export interface BlockStoryOptions {
  readonly onStep?: OnSubmitStep
  /** Which news of transactions it hears; default: all. */
  readonly hears?: (news: { readonly isSynced: boolean }) => boolean
}

export async function openBlockStory(
  dataDir: string,
  nodeUrls: string,
  { onStep, hears = () => true }: BlockStoryOptions = {},
): Promise<BlockStory> {
  const files = new CandidateFiles(dataDir)
  await files.prepare()
  const directory = new JobDirectory(dataDir, 'regtest')
  await directory.prepare()
  const transactions = new JobTransactions({ directory, log: silent })
  const heard: Promise<void>[] = []
  const archive = new TransactionArchive({
    directory,
    log: silent,
    onNews: (news) => {
      if ('isSynced' in news && hears(news)) heard.push(transactions.hear(news))
    },
  })
  const told: ToPrimary[] = []
  const blocks = new StratumBlocks(
    { dataDir, nodes: parseBitcoinNodes(nodeUrls) },
    {
      records: await CandidateRecords.open(files.directory, 0),
      transactions,
      log: silent,
      nowMs: Date.now,
      monotonicMs: () => performance.now(),
      tell: (message) => told.push(message),
      ...(onStep === undefined ? {} : { onStep }),
    },
  )
  return {
    blocks,
    files,
    transactions,
    told,
    async takeJob(template) {
      const job = jobOf(template)
      if (job.transactionCount > 0) archive.keep(job.transactionsId, template.transactions)
      await archive.settle()
      await Promise.all(heard)
      return job
    },
  }
}

let jobNumber = 0

/** `OP_TRUE` is paid. */
export function jobOf(template: BlockTemplate): Job {
  const jobId = (++jobNumber).toString(16).padStart(8, '0')
  const plan = planFor(Uint8Array.of(0x51))
  return buildJob({ template, jobId, plan, poolTag: '/test/', cleanJobs: true, createdAtMs: Date.now() })
}

/** A block of the job, as the share that carries it makes it; `from`: the first nonce that is tried. */
export function findBlock(job: Job, from = 0): FoundBlock {
  const assigned = assign(job, EASY)
  const submission = submissionOf(job, findNonce(assigned, EASY, from))
  const validator = new ShareValidator()
  const check = validator.validate(assigned, assigned.extranonce1, submission, job.ntime)
  if (!check.isHashed || !check.isBlock) throw new Error('no block was found')
  const found = { worker: WORKER, assigned, submission, check, atMs: Date.now() }
  return foundBlock(structuredClone(found), true, WRITER)
}

export async function fetchTemplate(rpc: Rpc): Promise<BlockTemplate> {
  return parseBlockTemplate(await rpc('getblocktemplate', [{ rules: ['segwit'] }]))
}

/** The node offers what it has for up to five seconds before it looks at its mempool again. */
export async function templateWithTransactions(rpc: Rpc): Promise<BlockTemplate> {
  const template = await fetchTemplate(rpc)
  if (template.transactionCount > 0) return template
  await rpc('generatetoaddress', [1, await rpc<string>('getnewaddress')])
  await rpc('sendtoaddress', [await rpc<string>('getnewaddress'), 1])
  return templateWithTransactions(rpc)
}
