import type { Job } from '@headframe/core/job/job'
import { afterEach, expect, test } from 'vitest'
import { jobOn } from '../job-on.js'
import { LineClient } from './line-client.js'
import { openPool, type OpenPool, type OpenPoolOptions } from './open-pool.js'

const ADDRESS = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'
/** The list of a job without transactions. */
const LIST_BYTES = '[]'.length

let pool: OpenPool
afterEach(() => pool.close())

async function openPoolWith(job: Job, options?: OpenPoolOptions): Promise<void> {
  pool = await openPool('0 fixed=1e-9', options)
  pool.sendJob(job)
}

async function readyMiner(): Promise<LineClient> {
  const client = await LineClient.connect(pool.port)
  await client.call(1, 'mining.subscribe', ['test/1'])
  await client.call(2, 'mining.authorize', [ADDRESS])
  await client.push('mining.notify')
  return client
}

const ask = (client: LineClient, wireJobId: string) => client.call(3, 'mining.get_transactions', [wireJobId])

test('the transactions of a job are listed once, under whatever id, and while it is the newest', async () => {
  const [job, renewed] = [jobOn(1), jobOn(2)]
  await openPoolWith(job)
  const client = await readyMiner()
  const listed: unknown[] = []
  const askFor = async (wireJobId: string): Promise<void> => {
    const { result } = await ask(client, wireJobId)
    if (Array.isArray(result)) listed.push(wireJobId)
  }
  await askFor(`${job.jobId}00`)
  await askFor(`${job.jobId}00`)
  pool.sendJob(renewed)
  await client.push('mining.notify')
  for (const { jobId } of [job, renewed, job, renewed]) await askFor(`${jobId}00`)
  await askFor(`${job.jobId}01`)
  expect(listed).toEqual([job, renewed].map(({ jobId }) => `${jobId}00`))
})

test('a new connection of an address gets no more bytes of them, and keeps its claim to the job', async () => {
  const job = jobOn(1)
  // Ten seconds' worth are two lists.
  await openPoolWith(job, { limits: { transactionBytesPerSecondPerAddress: (2 * LIST_BYTES) / 10 } })
  const miners = [await readyMiner(), await readyMiner(), await readyMiner()]
  const answers = []
  for (const client of miners) answers.push(await ask(client, `${job.jobId}00`))
  expect(answers.map(({ result }) => result)).toEqual([[], [], null])
  expect(answers[2]!.error).toEqual([
    20,
    'Your address has had its share of transactions for now: ask again with a newer job',
    null,
  ])
  pool.clock.nowMs += 10_000
  expect(await ask(miners[2]!, `${job.jobId}00`)).toMatchObject({ result: [], error: null })
})
