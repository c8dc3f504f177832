import { EventEmitter, once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { WorkerIdentity } from '@headframe/core/journal/segment'
import {
  committed,
  noncesOf,
  NOW_MS,
  openWriter,
  readChain,
  rejectsOf,
  sharesOf,
  temporaryDirectory,
} from './journal-fixture.js'
import { until } from '../until.js'
import { jobNumber, shareNumber, WORKER } from './journal-share.js'
import { tracedFiles, type Tracing } from './traced-files.js'

describe('what is appended', () => {
  it('is in the sealed segments as it was, in order, each once', async () => {
    const dataDir = await temporaryDirectory()
    const writer = await openWriter(dataDir)
    for (let nonce = 0; nonce < 1000; nonce++) {
      expect(writer.nextShareSeq).toBe(BigInt(nonce))
      expect(writer.append(shareNumber(nonce))).toBe('appended')
      if (nonce % 100 === 99) await committed(writer)
    }
    await writer.close()
    const segments = await readChain(dataDir, writer.writerId)
    expect(noncesOf(segments)).toEqual(Array.from({ length: 1000 }, (_, nonce) => nonce))
    const { share, worker } = sharesOf(segments)[7]!
    const given = shareNumber(7)
    expect(worker).toMatchObject(WORKER)
    expect(share).toMatchObject({
      acceptedAtMs: given.atMs,
      assignedDifficulty: given.assigned.assignedDifficulty,
      extranonce1: given.assigned.extranonce1,
      extranonce2: given.submission.extranonce2,
      ntime: given.submission.ntime,
      version: given.check.version,
    })
  })

  it('introduces a job and a worker once a segment, however many objects stand for them', async () => {
    const dataDir = await temporaryDirectory()
    const writer = await openWriter(dataDir, { sealAtBytes: 600 })
    const [first, second] = [jobNumber(1), jobNumber(2)]
    for (let nonce = 0; nonce < 30; nonce++) {
      writer.append(shareNumber(nonce, { worker: { ...WORKER }, job: nonce % 2 === 0 ? first : second }))
      await committed(writer)
    }
    writer.append(shareNumber(30, { worker: { ...WORKER, mode: 'solo' }, job: first }))
    await writer.close()
    const segments = await readChain(dataDir, writer.writerId)
    expect(segments.length).toBeGreaterThan(2)
    for (const { records } of segments) {
      const jobIds = records.filter((record) => record.kind === 'job').map(({ jobId }) => jobId)
      const workers = records.filter((record) => record.kind === 'worker').map(({ mode }) => mode)
      expect(new Set(jobIds).size).toBe(jobIds.length)
      expect(new Set(workers).size).toBe(workers.length)
    }
    expect(sharesOf(segments).at(-1)!.worker.mode).toBe('solo')
  })

  it('is refused when there is no room, and when the writer is closed', async () => {
    const dataDir = await temporaryDirectory()
    const writer = await openWriter(dataDir, { maxPendingBytes: 1000 })
    const verdicts = Array.from({ length: 30 }, (_, nonce) => writer.append(shareNumber(nonce)))
    const appended = verdicts.filter((verdict) => verdict === 'appended').length
    expect(appended).toBeGreaterThan(5)
    expect(verdicts).toEqual(verdicts.map((_, i) => (i < appended ? 'appended' : 'full')))
    expect(writer.appendedSeq).toBe(appended)
    await committed(writer)
    expect(writer.append(shareNumber(100))).toBe('appended')
    await writer.close()
    expect(writer.append(shareNumber(101))).toBe('unavailable')
    expect(noncesOf(await readChain(dataDir, writer.writerId))).toEqual([
      ...Array.from({ length: appended }, (_, nonce) => nonce),
      100,
    ])
  })

  it('continues the chain after a restart, under a higher incarnation', async () => {
    const dataDir = await temporaryDirectory()
    const incarnations: number[] = []
    for (let start = 0; start < 4; start++) {
      const writer = await openWriter(dataDir)
      incarnations.push(writer.incarnation)
      // The third start has nothing to say, and is told apart all the same.
      if (start !== 2) writer.append(shareNumber(start))
      await writer.close()
    }
    expect(incarnations).toEqual([1, 2, 3, 4])
    const [writerId] = await readdir(join(dataDir, 'journal'))
    const segments = await readChain(dataDir, writerId!)
    expect(noncesOf(segments)).toEqual([0, 1, 3])
    expect(segments.map(({ header }) => header.incarnation)).toEqual([1, 2, 4])
  })
})

describe('a commit', () => {
  it('is told when the bytes, and the name of a new file, are on the disk, and not before', async () => {
    const dataDir = await temporaryDirectory()
    const steps: string[] = []
    const tracing: Tracing = { after: (step, name) => steps.push(`${step} ${name}`) }
    const writer = await openWriter(dataDir, { files: tracedFiles(tracing) })
    writer.onCommit((seq) => steps.push(`committed ${seq}`))
    steps.length = 0
    writer.append(shareNumber(1))
    writer.append(shareNumber(2))
    expect(writer.committedSeq).toBe(0)
    await committed(writer)
    writer.append(shareNumber(3))
    await writer.close()
    const { writerId } = writer
    expect(steps).toEqual([
      'open 0000000000.open',
      'write 0000000000.open',
      'datasync 0000000000.open',
      `open ${writerId}`,
      `sync ${writerId}`,
      'committed 2',
      'write 0000000000.open',
      'datasync 0000000000.open',
      'committed 3',
      'rename 0000000000.seg',
      `open ${writerId}`,
      `sync ${writerId}`,
    ])
  })

  it('waits for the sync, and covers all that came in meanwhile with the next one', async () => {
    const dataDir = await temporaryDirectory()
    const gate = new EventEmitter()
    let syncs = 0
    const before: Tracing['before'] = async (step, name) => {
      if (step === 'datasync' && name.endsWith('.open') && ++syncs === 1) await once(gate, 'open')
    }
    const writer = await openWriter(dataDir, { files: tracedFiles({ before }) })
    const seqs: number[] = []
    writer.onCommit((seq) => seqs.push(seq))
    writer.append(shareNumber(0))
    await until(() => syncs === 1)
    for (let nonce = 1; nonce < 500; nonce++) {
      writer.append(shareNumber(nonce))
      if (nonce % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 2))
    }
    expect(seqs).toEqual([])
    expect(writer.committedSeq).toBe(0)
    gate.emit('open')
    await committed(writer)
    expect(seqs).toEqual([1, 500])
    expect(syncs).toBe(2)
  })

  it('writes on when the disk takes only a part of what it is given', async () => {
    const dataDir = await temporaryDirectory()
    const writer = await openWriter(dataDir, { files: tracedFiles({ maxWriteBytes: 7 }) })
    for (let nonce = 0; nonce < 5; nonce++) writer.append(shareNumber(nonce))
    await writer.close()
    expect(noncesOf(await readChain(dataDir, writer.writerId))).toEqual([0, 1, 2, 3, 4])
  })
})

describe('a segment', () => {
  it('is sealed when it is old enough, though nothing more comes', async () => {
    const dataDir = await temporaryDirectory()
    let nowMs = NOW_MS
    const writer = await openWriter(dataDir, { sealAfterMs: 40, nowMs: () => nowMs })
    writer.append(shareNumber(0))
    await committed(writer)
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(await readChain(dataDir, writer.writerId)).toHaveLength(0)
    nowMs += 40
    await until(async () => (await readChain(dataDir, writer.writerId)).length === 1)
    // Nor does a clock that is set back keep it open.
    writer.append(shareNumber(1, { atMs: nowMs }))
    await committed(writer)
    nowMs -= 3_600_000
    await until(async () => (await readChain(dataDir, writer.writerId)).length === 2)
    expect(writer.committedSeq).toBe(2)
  })

  it('is sealed when it is large enough', async () => {
    const dataDir = await temporaryDirectory()
    const writer = await openWriter(dataDir, { sealAtBytes: 4096 })
    for (let nonce = 0; nonce < 400; nonce++) {
      writer.append(shareNumber(nonce))
      if (nonce % 10 === 9) await committed(writer)
    }
    await writer.close()
    const segments = await readChain(dataDir, writer.writerId)
    expect(segments.length).toBeGreaterThan(3)
    expect(noncesOf(segments)).toHaveLength(400)
  })

  it('is not made of nothing', async () => {
    const dataDir = await temporaryDirectory()
    const writer = await openWriter(dataDir, { sealAfterMs: 4 })
    await new Promise((resolve) => setTimeout(resolve, 30))
    await writer.close()
    expect(await readdir(join(dataDir, 'journal', writer.writerId))).toEqual(['incarnation'])
  })
})

describe('rejects', () => {
  const OTHER: WorkerIdentity = { ...WORKER, workerName: 'other' }
  const MINUTE_MS = NOW_MS - (NOW_MS % 60_000)

  it('are counted a worker, minute and reason, and written with the seal', async () => {
    const dataDir = await temporaryDirectory()
    const writer = await openWriter(dataDir)
    writer.append(shareNumber(0))
    for (let i = 0; i < 3; i++) writer.countReject(WORKER, 'stale-share', NOW_MS)
    writer.countReject(WORKER, 'stale-share', NOW_MS + 60_000)
    writer.countReject(WORKER, 'duplicate-share', NOW_MS)
    writer.countReject(OTHER, 'stale-share', NOW_MS)
    await writer.close()
    const segments = await readChain(dataDir, writer.writerId)
    const names = segments[0]!.records
      .filter((record) => record.kind === 'worker')
      .map((worker) => worker.workerName)
    const counts = rejectsOf(segments).map((record) => ({ ...record, name: names[record.workerRef] }))
    expect(counts).toHaveLength(4)
    for (const [name, minuteMs, reason, count] of [
      ['rig', MINUTE_MS, 'stale-share', 3],
      ['rig', MINUTE_MS + 60_000, 'stale-share', 1],
      ['rig', MINUTE_MS, 'duplicate-share', 1],
      ['other', MINUTE_MS, 'stale-share', 1],
    ] as const) {
      expect(counts).toContainEqual(expect.objectContaining({ name, minuteMs, reason, count }))
    }
  })

  it('make a segment of their own when there are no shares', async () => {
    const dataDir = await temporaryDirectory()
    let nowMs = NOW_MS
    const writer = await openWriter(dataDir, { sealAfterMs: 20, nowMs: () => nowMs })
    writer.countReject(WORKER, 'malformed', nowMs)
    nowMs += 20
    await until(async () => (await readChain(dataDir, writer.writerId)).length === 1)
    const [segment] = await readChain(dataDir, writer.writerId)
    expect(segment!.trailer.shareCount).toBe(0)
    expect(rejectsOf([segment!])).toMatchObject([{ reason: 'malformed', count: 1 }])
  })

  it('wait for the next segment when there is no room for all', async () => {
    const dataDir = await temporaryDirectory()
    const writer = await openWriter(dataDir, { maxPendingBytes: 1000 })
    for (let i = 0; i < 40; i++) {
      writer.countReject({ ...WORKER, workerName: `rig ${i}` }, 'stale-share', NOW_MS)
    }
    await writer.close()
    const segments = await readChain(dataDir, writer.writerId)
    expect(segments.length).toBeGreaterThan(1)
    expect(rejectsOf(segments)).toHaveLength(40)
  })
})
