import { execFileSync } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { SegmentWriter } from '../../src/journal/segment-writer.js'
import {
  committed,
  noncesOf,
  NOW_MS,
  openWriter,
  readChain,
  rejectsOf,
  temporaryDirectory,
} from './journal-fixture.js'
import { until } from '../until.js'
import { shareNumber, WORKER } from './journal-share.js'
import { diskError, tracedFiles, type FileStep, type Tracing } from './traced-files.js'

/** Appends until the disk fails, and says what was acknowledged and what was not. */
async function appendUntilFailure(
  writer: SegmentWriter,
  from: number,
): Promise<{ good: number[]; bad: number[] }> {
  const nonceOfSeq = new Map<number, number>()
  let committedSeq: number | undefined
  writer.onFail((failedSeq) => {
    committedSeq ??= writer.committedSeq
    expect(failedSeq).toBe(writer.appendedSeq)
    expect(writer.state).toBe('failed')
    expect(writer.append(shareNumber(0))).toBe('unavailable')
  })
  for (let nonce = from; committedSeq === undefined; nonce++) {
    if (writer.append(shareNumber(nonce)) === 'appended') nonceOfSeq.set(writer.appendedSeq, nonce)
    if (nonce % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
  }
  const acknowledgedSeq: number = committedSeq
  const nonces = [...nonceOfSeq]
  return {
    good: nonces.filter(([seq]) => seq <= acknowledgedSeq).map(([, nonce]) => nonce),
    bad: nonces.filter(([seq]) => seq > acknowledgedSeq).map(([, nonce]) => nonce),
  }
}

/** Fails the step at its `at`-th turn, on the way in or when it was done after all. */
function failing(step: FileStep, ending: string, when: 'before' | 'after', at: number): Tracing {
  let turn = 0
  const act = (done: FileStep, name: string): void => {
    if (done === step && name.endsWith(ending) && ++turn === at) throw diskError('EIO')
  }
  return { [when]: act }
}

/** Fails, recovers, appends more: afterwards the journal holds what was acknowledged, in order, each once. */
async function failAndGoOn(dataDir: string, writer: SegmentWriter): Promise<void> {
  const { incarnation } = writer
  const { good } = await appendUntilFailure(writer, 0)
  expect(writer.nextShareSeq).toBe(BigInt(good.length))
  await until(() => writer.state === 'ready')
  expect(writer.incarnation).toBe(incarnation + 1)
  expect(writer.nextShareSeq).toBe(BigInt(good.length))
  const more = Array.from({ length: 10 }, (_, i) => 1_000_000 + i)
  for (const nonce of more) expect(writer.append(shareNumber(nonce))).toBe('appended')
  await committed(writer)
  await writer.close()
  expect(noncesOf(await readChain(dataDir, writer.writerId))).toEqual([...good, ...more])
}

const FAILURES: readonly [string, Tracing][] = [
  ['a write is refused', failing('write', '.open', 'before', 3)],
  ['a write fails although it was done', failing('write', '.open', 'after', 3)],
  ['a sync is refused', failing('datasync', '.open', 'before', 3)],
  ['a sync fails although it was done', failing('datasync', '.open', 'after', 3)],
  ['the first write is refused', failing('write', '.open', 'before', 1)],
  ['the first sync fails although it was done', failing('datasync', '.open', 'after', 1)],
  ['a file cannot be made', failing('open', '.open', 'before', 2)],
  ['a file was made although it said not', failing('open', '.open', 'after', 2)],
  ['a segment cannot be renamed', failing('rename', '.seg', 'before', 2)],
  ['a segment was renamed although it said not', failing('rename', '.seg', 'after', 2)],
]

describe('when the disk fails', () => {
  it.each(FAILURES)(
    'nothing that was acknowledged is lost and nothing else is kept: %s',
    async (_what, tracing) => {
      const dataDir = await temporaryDirectory()
      const writer = await openWriter(dataDir, { files: tracedFiles(tracing), sealAtBytes: 1500 })
      await failAndGoOn(dataDir, writer)
    },
  )

  it('nothing is lost when the recovery fails as well, five times', async () => {
    const dataDir = await temporaryDirectory()
    const failingSync = failing('datasync', '.open', 'before', 3)
    let truncates = 0
    const files = tracedFiles({
      before: (step, name) => {
        if (step === 'truncate' && ++truncates <= 5) throw diskError('EIO')
        return failingSync.before?.(step, name)
      },
    })
    await failAndGoOn(dataDir, await openWriter(dataDir, { files }))
    expect(truncates).toBe(6)
  })

  it('counts of rejects are kept for later', async () => {
    const dataDir = await temporaryDirectory()
    let nowMs = NOW_MS
    const files = tracedFiles(failing('datasync', '.open', 'before', 1))
    const writer = await openWriter(dataDir, { files, sealAfterMs: 40, nowMs: () => nowMs })
    writer.countReject(WORKER, 'stale-share', nowMs)
    writer.countReject(WORKER, 'stale-share', nowMs)
    nowMs += 40
    await until(() => writer.state === 'failed')
    writer.countReject(WORKER, 'pool-busy', nowMs)
    await until(() => writer.state === 'ready')
    await writer.close()
    const rejects = rejectsOf(await readChain(dataDir, writer.writerId))
    expect(new Map(rejects.map(({ reason, count }) => [reason, count]))).toEqual(
      new Map([
        ['stale-share', 2],
        ['pool-busy', 1],
      ]),
    )
  })

  it('the writer can be closed', async () => {
    const dataDir = await temporaryDirectory()
    let isBroken = false
    const before = (step: FileStep): void => {
      if (isBroken && step !== 'open') throw diskError('EIO')
    }
    const writer = await openWriter(dataDir, { files: tracedFiles({ before }) })
    writer.append(shareNumber(0))
    await committed(writer)
    isBroken = true
    writer.append(shareNumber(1))
    await writer.close()
    expect(writer.state).toBe('closed')
    expect(writer.committedSeq).toBe(1)
    isBroken = false
    await (await openWriter(dataDir)).close()
    expect(noncesOf(await readChain(dataDir, writer.writerId))[0]).toBe(0)
  })
})

describe('when the disk fails as the writer is closed', () => {
  // A frame that was written whole and only not synced is kept: that is no loss to anyone.
  it.each([
    ['datasync', [0, 9]],
    ['open', [9]],
  ] as const)('what was pending behind the failure is not written: %s', async (failingStep, kept) => {
    const dataDir = await temporaryDirectory()
    const gate = new EventEmitter()
    let isAtGate = false
    const before: Tracing['before'] = async (step, name) => {
      if (isAtGate || step !== failingStep || !name.endsWith('.open')) return
      isAtGate = true
      await once(gate, 'open')
      throw diskError('EIO')
    }
    const writer = await openWriter(dataDir, { files: tracedFiles({ before }) })
    writer.append(shareNumber(0))
    await until(() => isAtGate)
    writer.append(shareNumber(1))
    const closed = writer.close()
    gate.emit('open')
    await closed
    expect(writer.committedSeq).toBe(0)
    const next = await openWriter(dataDir)
    expect(next.writerId).toBe(writer.writerId)
    next.append(shareNumber(9))
    await next.close()
    expect(noncesOf(await readChain(dataDir, writer.writerId))).toEqual(kept)
  })
})

/** A disk of 256 KiB; undefined where we may not make one. */
function mountSmallDisk(path: string): string | undefined {
  mkdirSync(path)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'headframe-test', path], { stdio: 'pipe' })
  } catch (error) {
    return (error as Error).message.split('\n')[0]
  }
  onTestFinished(() => void execFileSync('umount', ['-l', path]))
  return undefined
}

describe('a full disk', () => {
  it('refuses shares until there is room again', async ({ skip }) => {
    const dataDir = join(await temporaryDirectory(), 'disk')
    const problem = mountSmallDisk(dataDir)
    if (problem !== undefined) skip(`a small disk needs root and the right to mount: ${problem}`)
    const writer = await openWriter(dataDir, { sealAtBytes: 32_768 })
    const ballast = join(dataDir, 'ballast')
    writeFileSync(ballast, new Uint8Array(160 * 1024))
    const { good, bad } = await appendUntilFailure(writer, 0)
    expect(good.length).toBeGreaterThan(100)
    expect(bad.length).toBeGreaterThan(0)
    await unlink(ballast)
    await until(() => writer.state === 'ready')
    expect(writer.append(shareNumber(1_000_000))).toBe('appended')
    await writer.close()
    expect(noncesOf(await readChain(dataDir, writer.writerId))).toEqual([...good, 1_000_000])
  })
})
