import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { hexToBytes } from '@headframe/core/bytes'
import type { Job } from '@headframe/core/job/job'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JobDirectory } from '../../src/jobs/job-directory.js'
import { JobTransactions } from '../../src/jobs/job-transactions.js'
import { TransactionArchive, type TransactionsNews } from '../../src/jobs/transaction-archive.js'
import { jobOn } from '../job-on.js'
import { NETWORK, silent, temporaryDirectory } from '../journal/journal-fixture.js'

interface Place {
  readonly dataDir: string
  readonly archive: TransactionArchive
  readonly transactions: JobTransactions
  readonly news: TransactionsNews[]
}

async function setUp(): Promise<Place> {
  const dataDir = await temporaryDirectory()
  const directory = new JobDirectory(dataDir, NETWORK)
  await directory.prepare()
  const news: TransactionsNews[] = []
  const archive = new TransactionArchive({ directory, log: silent, onNews: (one) => news.push(one) })
  return { dataDir, archive, news, transactions: new JobTransactions({ directory, log: silent }) }
}

const transactionsOf = (hex: readonly string[]): Uint8Array => hexToBytes(hex.join(''))

/** A job whose block would have these transactions. */
function jobWith(hex: readonly string[]): Job {
  return { ...jobOn(1), transactionCount: hex.length, transactionsSize: hex.join('').length / 2 }
}

const textOf = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString()
const never = new AbortController().signal

describe('transactions of a job', () => {
  test('come whole and in order to whoever hears of them, first readable, then synced', async () => {
    const place = await setUp()
    const hexBytes = fc.uint8Array({ minLength: 1, maxLength: 80 }).map((b) => Buffer.from(b).toString('hex'))
    // The last is larger than a piece, so that there are several.
    const lists = fc.tuple(fc.array(hexBytes, { minLength: 1 }), fc.nat(2)).map(([hex, large]) => {
      return [...hex, ...Array.from({ length: large }, () => 'ab'.repeat(300_000))]
    })
    await fc.assert(
      fc.asyncProperty(lists, async (hex) => {
        const job = jobWith(hex)
        place.news.length = 0
        place.archive.keep(job.transactionsId, transactionsOf(hex))
        expect(place.transactions.now(job)).toBeUndefined()
        await place.archive.settle()
        const id = job.transactionsId
        expect(place.news).toEqual([
          { id, isSynced: false },
          { id, isSynced: true },
        ])
        expect(place.archive.latest).toEqual({ id, isSynced: true })
        await place.transactions.hear(place.news[0]!)
        const readable = place.transactions.now(job)
        expect(readable?.isSynced).toBe(false)
        await place.transactions.hear(place.news[1]!)
        const ready = place.transactions.now(job)
        expect(ready?.isSynced).toBe(true)
        expect(ready?.hex).toBe(readable?.hex)
        expect(textOf(ready?.hex)).toBe(hex.join(''))
      }),
      { numRuns: 20 },
    )
  })

  test('that the disk refuses are sent as bytes', async () => {
    const { dataDir, archive, news, transactions } = await setUp()
    await rm(join(dataDir, 'jobs'), { recursive: true })
    const job = jobWith(['aa', 'bbcc'])
    archive.keep(job.transactionsId, transactionsOf(['aa', 'bbcc']))
    await archive.settle()
    expect(news).toHaveLength(1)
    await transactions.hear(news[0]!)
    expect(textOf(transactions.now(job)?.hex)).toBe('aabbcc')
    expect(transactions.now(job)?.isSynced).toBe(false)
  })

  test('beyond those that may wait for the disk are sent as well, the oldest first', async () => {
    const { archive, news } = await setUp()
    const jobs = Array.from({ length: 8 }, () => jobWith(['aa']))
    for (const job of jobs) archive.keep(job.transactionsId, transactionsOf(['aa']))
    const sent = news.flatMap((one) => ('hex' in one ? [one.id] : []))
    // One is being written, four wait.
    expect(sent).toEqual(jobs.slice(1, 4).map(({ transactionsId }) => transactionsId))
    await archive.settle()
    const ids = new Set(news.map(({ id }) => id))
    expect(ids.size).toBe(jobs.length)
  })

  test('of older jobs are read from the disk, and those that are not there yet are waited for', async () => {
    const { archive, news, transactions } = await setUp()
    const jobs = Array.from({ length: 5 }, (_, i) => jobWith([`0${i}`]))
    for (const [i, job] of jobs.slice(0, 4).entries()) {
      archive.keep(job.transactionsId, transactionsOf([`0${i}`]))
      await archive.settle()
      await transactions.hear(news.at(-1)!)
    }
    expect(transactions.now(jobs[0]!)).toBeUndefined()
    expect(textOf((await transactions.wait(jobs[0]!, never))?.hex)).toBe('00')
    const late = transactions.wait(jobs[4]!, never)
    archive.keep(jobs[4]!.transactionsId, transactionsOf(['04']))
    await archive.settle()
    await transactions.hear(news.at(-1)!)
    expect(await late).toBe(transactions.now(jobs[4]!))
  })

  test('of another length than the job says are not taken for its own', async () => {
    const { archive, news, transactions } = await setUp()
    const job = jobWith(['aabb'])
    archive.keep(job.transactionsId, transactionsOf(['aa']))
    await archive.settle()
    await transactions.hear(news.at(-1)!)
    expect(transactions.now(job)).toBeUndefined()
    await expect(transactions.wait(job, AbortSignal.timeout(50))).rejects.toThrow()
  })

  test('of an empty job have nothing to wait for', async () => {
    const { transactions } = await setUp()
    expect(transactions.now(jobWith([]))).toEqual({ hex: new Uint8Array(0), isSynced: true })
  })
})
