import * as nodeFiles from 'node:fs/promises'
import { parseAddress } from '@headframe/core/chain/address'
import { EXTRANONCE1_SIZE, type Job } from '@headframe/core/job/job'
import { soloVariant } from '@headframe/core/job/job-variant'
import { FRAME_MARK } from '@headframe/core/journal/layout'
import { ShareValidator } from '@headframe/core/share/validate-share'
import { describe, expect, test } from 'vitest'
import type { SegmentWriter } from '../../src/journal/segment-writer.js'
import { rebuildSeenShares, type RebuildOptions } from '../../src/share/rebuild-seen-shares.js'
import { MAX_TIPS, SeenShares, type SeenVerdict } from '../../src/share/seen-shares.js'
import { assign, EASY, submissionOf } from '../find-share.js'
import { jobOn } from '../job-on.js'
import {
  committed,
  directoryOf,
  openWriter,
  readChain,
  temporaryDirectory,
} from '../journal/journal-fixture.js'
import { WORKER } from '../journal/journal-share.js'

const START_MS = 1_700_000_000_000
const extranonce1Of = (session: number): Uint8Array => new Uint8Array(EXTRANONCE1_SIZE).fill(session)

/** Credits a share as the spine does, and gives its header hash as the miner's submission makes it. */
async function credit(
  writer: SegmentWriter,
  job: Job,
  nonce: number,
  session = 0,
  worker = WORKER,
): Promise<Uint8Array> {
  const assigned = assign(job, EASY, extranonce1Of(session))
  const submission = submissionOf(job, nonce)
  const check = new ShareValidator().validate(assigned, assigned.extranonce1, submission, job.ntime)
  const atMs = job.createdAtMs + 1
  expect(writer.append({ worker, assigned, submission, check, atMs })).toBe('appended')
  await committed(writer)
  return check.hash.slice()
}

async function rebuild(dataDir: string, options: RebuildOptions): ReturnType<typeof rebuildSeenShares> {
  return rebuildSeenShares(new SeenShares(), options, { directory: directoryOf(dataDir), files: nodeFiles })
}

describe('seen shares after a restart', () => {
  test('are those that the journals of all processes credited, sealed or not', async () => {
    const dataDir = await temporaryDirectory()
    const job = jobOn(1)
    const hashes: Uint8Array[] = []
    const sealed = await openWriter(dataDir, { slot: 0, nowMs: () => START_MS })
    for (let nonce = 0; nonce < 5; nonce++) hashes.push(await credit(sealed, job, nonce))
    await sealed.close()
    const open = await openWriter(dataDir, { slot: 1, nowMs: () => START_MS })
    for (let nonce = 5; nonce < 9; nonce++) hashes.push(await credit(open, job, nonce))

    const seen = new SeenShares()
    const modules = { directory: directoryOf(dataDir), files: nodeFiles }
    expect(await rebuildSeenShares(seen, { jobs: [job] }, modules)).toEqual({ shares: 9, segments: 2 })
    for (const hash of hashes) expect(seen.look(job.prevHash, hash)).toBe('duplicate')
    expect(seen.look(job.prevHash, new Uint8Array(32))).toBe('new')
    // What is known already is not counted again.
    expect((await rebuildSeenShares(seen, { jobs: [job] }, modules)).shares).toBe(0)
  })

  test('are only those of jobs that can still be credited, and of sessions that may come here', async () => {
    const dataDir = await temporaryDirectory()
    const [spent, known] = [jobOn(1), jobOn(2)]
    const writer = await openWriter(dataDir, { nowMs: () => START_MS })
    await credit(writer, spent, 1)
    for (const session of [1, 2, 2]) await credit(writer, known, session, session)
    expect((await rebuild(dataDir, { jobs: [known] })).shares).toBe(2)
    const isOurs = (extranonce1: Uint8Array): boolean => extranonce1[1] === 1
    expect((await rebuild(dataDir, { jobs: [known], isOurs })).shares).toBe(1)
    expect((await rebuild(dataDir, { jobs: [spent, known], isOurs })).shares).toBe(1)
    expect(await rebuild(dataDir, { jobs: [] })).toEqual({ shares: 0, segments: 0 })
    // An id that stands for another job here is not taken for it.
    expect((await rebuild(dataDir, { jobs: [{ ...jobOn(3), jobId: known.jobId }] })).shares).toBe(0)
  })

  test('of solo miners are those that each of them has searched', async () => {
    const dataDir = await temporaryDirectory()
    const job = jobOn(1)
    const writer = await openWriter(dataDir, { nowMs: () => START_MS })
    const hashes: Uint8Array[] = []
    const addresses = ['bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080', 'mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn']
    for (const address of addresses) {
      const parsed = parseAddress(address, 'regtest')
      const held = soloVariant(job, parsed.ok ? parsed.script : new Uint8Array(0))
      hashes.push(await credit(writer, held, 1, 0, { address, workerName: '', mode: 'solo' }))
    }
    expect(hashes[0]).not.toEqual(hashes[1])
    const seen = new SeenShares()
    const modules = { directory: directoryOf(dataDir), files: nodeFiles }
    expect((await rebuildSeenShares(seen, { jobs: [job] }, modules)).shares).toBe(2)
    for (const hash of hashes) expect(seen.look(job.prevHash, hash)).toBe('duplicate')
  })

  test('are not looked for in segments that are older than the jobs', async () => {
    const dataDir = await temporaryDirectory()
    let nowMs = START_MS
    const writer = await openWriter(dataDir, { sealAtBytes: 1, nowMs: () => nowMs })
    for (let minute = 0; minute < 10; minute++, nowMs += 60_000) {
      await credit(writer, jobOn(1, { createdAtMs: nowMs }), minute)
    }
    const job = jobOn(1, { createdAtMs: nowMs - 120_000 })
    await credit(writer, job, 10)
    await writer.close()
    const { shares, segments } = await rebuild(dataDir, { jobs: [job] })
    expect(shares).toBe(1)
    // Those of the last three minutes, of which one is for clocks that differ, and one to see that it is older.
    expect(segments).toBe(5)
    expect(await readChain(dataDir, writer.writerId)).toHaveLength(11)
  })

  test('are those of the newest tips, and the oldest of them is forgotten first', async () => {
    const dataDir = await temporaryDirectory()
    const jobs = Array.from({ length: MAX_TIPS + 1 }, (_, tip) => jobOn(tip))
    const writer = await openWriter(dataDir, { sealAtBytes: 1, nowMs: () => START_MS })
    const hashes: Uint8Array[] = []
    for (const job of jobs) hashes.push(await credit(writer, job, 7))
    await writer.close()
    const seen = new SeenShares()
    const verdicts = (): SeenVerdict[] => jobs.map(({ prevHash }, tip) => seen.look(prevHash, hashes[tip]!))
    const modules = { directory: directoryOf(dataDir), files: nodeFiles }
    expect((await rebuildSeenShares(seen, { jobs }, modules)).shares).toBe(MAX_TIPS)
    expect(verdicts()).toEqual(['new', ...Array<SeenVerdict>(MAX_TIPS).fill('duplicate')])
    seen.add(jobOn(99).prevHash, new Uint8Array(32))
    expect(verdicts()).toEqual(['new', 'new', ...Array<SeenVerdict>(MAX_TIPS - 1).fill('duplicate')])
  })

  test('are found in a segment that was set aside, up to where it is damaged', async () => {
    const dataDir = await temporaryDirectory()
    const job = jobOn(1)
    const writer = await openWriter(dataDir, { nowMs: () => START_MS })
    const first = await credit(writer, job, 1)
    const second = await credit(writer, job, 2)
    await writer.close()
    const directory = directoryOf(dataDir)
    const [place] = await directory.listSegments(writer.writerId)
    const bytes = await nodeFiles.readFile(place!.path)
    // In the frame of the trailer.
    bytes[bytes.lastIndexOf(FRAME_MARK) + 20]! ^= 1
    await nodeFiles.writeFile(place!.path, bytes)
    await directory.setAside(place!, { code: 'test' })
    const seen = new SeenShares()
    const rebuilt = await rebuildSeenShares(seen, { jobs: [job] }, { directory, files: nodeFiles })
    expect(rebuilt.shares).toBe(2)
    for (const hash of [first, second]) expect(seen.look(job.prevHash, hash)).toBe('duplicate')
  })
})
