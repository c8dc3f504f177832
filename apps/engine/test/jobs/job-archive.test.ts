import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { JobArchive, MAX_KEPT_JOBS } from '../../src/jobs/job-archive.js'
import { JobDirectory } from '../../src/jobs/job-directory.js'
import { encodeJobFile } from '../../src/jobs/job-file.js'
import { readPastJobs } from '../../src/jobs/read-past-jobs.js'
import { RESUME_WINDOW_MS } from '../../src/jobs/resume-window.js'
import { jobOn } from '../job-on.js'
import { NETWORK, silent, temporaryDirectory } from '../journal/journal-fixture.js'

const START_MS = 1_700_000_000_000

interface Place {
  readonly dataDir: string
  nowMs: number
  readonly open: () => Promise<JobArchive>
  /** Ids of what a stratum process would be told. */
  readonly pastIds: () => Promise<string[]>
  readonly names: () => Promise<string[]>
}

async function setUp(): Promise<Place> {
  const dataDir = await temporaryDirectory()
  const place: Place = {
    dataDir,
    nowMs: START_MS,
    open: () => JobArchive.open({ dataDir, network: NETWORK }, { log: silent, nowMs: () => place.nowMs }),
    pastIds: async () =>
      (await readPastJobs({ dataDir, network: NETWORK }, place.nowMs)).map(({ job }) => job.jobId),
    names: async () => (await readdir(join(dataDir, 'jobs'))).sort(),
  }
  return place
}

const fileOf = (jobId: string): string => `${jobId}.job`

describe('the job archive', () => {
  test('gives jobs back whole, in the order of age, to whoever starts', async () => {
    const place = await setUp()
    const archive = await place.open()
    expect(archive.lastJobNumber).toBeUndefined()
    const jobs = [jobOn(1), { ...jobOn(1), transactionsSize: 3, transactionCount: 1 }, jobOn(2)]
    jobs.forEach((job, i) => archive.keep(job, START_MS + i))
    await archive.settle()
    const expected = jobs.map((job, i) => ({ job, postedAtMs: START_MS + i }))
    expect(await readPastJobs({ dataDir: place.dataDir, network: NETWORK }, START_MS)).toEqual(expected)
    expect((await place.open()).lastJobNumber).toBe(Number.parseInt(jobs[2]!.jobId, 16))
    expect(await place.pastIds()).toEqual(jobs.map(({ jobId }) => jobId))
  })

  test('lets go of what is too old, but never of the newest, so that numbers go on', async () => {
    const place = await setUp()
    const [first, second] = [jobOn(1), jobOn(1)]
    let archive = await place.open()
    archive.keep(first, START_MS)
    await archive.settle()
    place.nowMs += RESUME_WINDOW_MS
    archive.keep(second, place.nowMs)
    await archive.settle()
    expect(await place.pastIds()).toEqual([first.jobId, second.jobId])
    place.nowMs += 1
    expect(await place.pastIds()).toEqual([second.jobId])
    place.nowMs += RESUME_WINDOW_MS
    archive = await place.open()
    expect(await place.names()).toEqual([fileOf(second.jobId)])
    expect(archive.lastJobNumber).toBe(Number.parseInt(second.jobId, 16))
    expect(await place.pastIds()).toEqual([])
  })

  test('lets go of transactions with the last job that has them, and of those that no job has', async () => {
    const place = await setUp()
    const directory = new JobDirectory(place.dataDir, NETWORK)
    const first = jobOn(1)
    const again = { ...jobOn(1), transactionsId: first.jobId }
    const other = jobOn(1)
    const archive = await place.open()
    for (const id of [first.jobId, other.jobId, 'ffffffff']) {
      await directory.writeTransactions(id, [Buffer.from('00')], () => undefined)
    }
    archive.keep(first, START_MS)
    archive.keep(again, START_MS + 1)
    archive.keep(other, START_MS + 2)
    await archive.settle()
    await place.open()
    expect((await directory.list()).transactionsIds.sort()).toEqual([first.jobId, other.jobId].sort())
    place.nowMs += RESUME_WINDOW_MS + 1
    await place.open()
    expect((await directory.list()).jobIds).toEqual([again.jobId, other.jobId].sort())
    expect((await directory.list()).transactionsIds.sort()).toEqual([first.jobId, other.jobId].sort())
    place.nowMs += 1
    await place.open()
    expect((await directory.list()).transactionsIds).toEqual([other.jobId])
  })

  test('keeps no more than its bound', async () => {
    const place = await setUp()
    const archive = await place.open()
    const jobs = Array.from({ length: MAX_KEPT_JOBS + 3 }, () => jobOn(1))
    for (const job of jobs) archive.keep(job, START_MS)
    await archive.settle()
    expect(await place.pastIds()).toEqual(jobs.slice(3).map(({ jobId }) => jobId))
    expect(await place.names()).toHaveLength(MAX_KEPT_JOBS)
  })

  test.each([
    ['cut', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 1)],
    ['empty', () => new Uint8Array(0)],
    ['changed', (bytes: Uint8Array) => bytes.with(bytes.length - 1, bytes.at(-1)! ^ 1)],
    ['no job', () => new TextEncoder().encode('not a job at all, but text of some length')],
  ])('sets a file aside that is %s, and does not use its number again', async (_what, damage) => {
    const place = await setUp()
    let archive = await place.open()
    const [sound, damaged] = [jobOn(1), jobOn(1)]
    archive.keep(sound, START_MS)
    archive.keep(damaged, START_MS)
    await archive.settle()
    const path = join(place.dataDir, 'jobs', fileOf(damaged.jobId))
    await writeFile(path, damage(await readFile(path)))
    expect(await place.pastIds()).toEqual([sound.jobId])
    archive = await place.open()
    expect(archive.lastJobNumber).toBe(Number.parseInt(damaged.jobId, 16))
    expect(await place.names()).toEqual([fileOf(sound.jobId), 'aside'])
    expect(await readdir(join(place.dataDir, 'jobs', 'aside'))).toEqual([fileOf(damaged.jobId)])
  })

  test('sets aside what is of another network, and what is no job by its name', async () => {
    const place = await setUp()
    const folder = join(place.dataDir, 'jobs')
    await mkdir(folder)
    const foreign = jobOn(1)
    await writeFile(
      join(folder, fileOf(foreign.jobId)),
      encodeJobFile({ job: foreign, postedAtMs: START_MS }, 'mainnet'),
    )
    await writeFile(join(folder, 'notes.txt'), 'a stranger')
    await writeFile(join(folder, `${fileOf(foreign.jobId)}.part`), 'what a killed process left')
    await place.open()
    expect(await place.names()).toEqual(['aside'])
    expect((await readdir(join(folder, 'aside'))).sort()).toEqual([fileOf(foreign.jobId), 'notes.txt'])
  })

  test('a job the disk refused is written with the next one', async () => {
    const place = await setUp()
    const archive = await place.open()
    const folder = join(place.dataDir, 'jobs')
    await rm(folder, { recursive: true })
    const [first, second] = [jobOn(1), jobOn(1)]
    archive.keep(first, START_MS)
    await archive.settle()
    await mkdir(folder)
    archive.keep(second, START_MS)
    await archive.settle()
    expect(await place.pastIds()).toEqual([first.jobId, second.jobId])
  })

  test('gives up the oldest while the disk refuses all', async () => {
    const place = await setUp()
    const archive = await place.open()
    const folder = join(place.dataDir, 'jobs')
    await rm(folder, { recursive: true })
    const jobs = Array.from({ length: 2 * MAX_KEPT_JOBS + 1 }, () => jobOn(1))
    for (const job of jobs.slice(0, -1)) {
      archive.keep(job, START_MS)
      await archive.settle()
    }
    await mkdir(folder)
    onTestFinished(() => archive.settle())
    archive.keep(jobs.at(-1)!, START_MS)
    await archive.settle()
    expect(await place.pastIds()).toEqual(jobs.slice(-MAX_KEPT_JOBS).map(({ jobId }) => jobId))
  })

  test('a stratum process without an archive begins without a past', async () => {
    const place = await setUp()
    expect(await place.pastIds()).toEqual([])
  })
})
