import { execFileSync } from 'node:child_process'
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
  until,
} from './journal-fixture.js'
import { shareNumber, WORKER } from './journal-share.js'
import { diskError, tracedFiles, type FileStep, type Tracing } from './traced-files.js'

/** Appends until the disk fails, and says what was acknowledged and what was not. */
async function appendUntilFailure(
  writer: SegmentWriter,
  from: number,
): Promise<{ good: number[]; bad: number[] }> {
  const nonceOfSeq = new Map<number, number>()
  let failed: { committedSeq: number; failedSeq: number } | undefined
  writer.onFail((failedSeq) => (failed ??= { committedSeq: writer.committedSeq, failedSeq }))
  for (let nonce = from; failed === undefined; nonce++) {
    if (writer.append(shareNumber(nonce)) === 'appended') nonceOfSeq.set(writer.appendedSeq, nonce)
    if (nonce % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
  }
  expect(writer.state).toBe('failed')
  expect(writer.append(shareNumber(0))).toBe('unavailable')
  const { committedSeq, failedSeq } = failed
  expect(failedSeq).toBe(writer.appendedSeq)
  const nonces = [...nonceOfSeq]
  return {
    good: nonces.filter(([seq]) => seq <= committedSeq).map(([, nonce]) => nonce),
    bad: nonces.filter(([seq]) => seq > committedSeq).map(([, nonce]) => nonce),
  }
}

/** Fails the step at its `at`-th turn and `times` turns on, on the way in or when it was done after all. */
function failing(step: FileStep, ending: string, when: 'before' | 'after', at: number, times = 1): Tracing {
  let turn = 0
  let isArmed = true
  const act = (done: FileStep, name: string): void => {
    if (!isArmed || done !== step || !name.endsWith(ending)) return
    turn++
    if (turn >= at + times - 1) isArmed = false
    if (turn >= at) throw diskError('EIO')
  }
  return { [when]: act }
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
  ['the recovery fails as well, five times', failing('datasync', '.open', 'before', 3, 1)],
]

describe('when the disk fails', () => {
  it.each(FAILURES)(
    'nothing that was acknowledged is lost and nothing else is kept: %s',
    async (what, tracing) => {
      const dataDir = await temporaryDirectory()
      let truncates = 0
      const failRecovery = (step: FileStep): void => {
        if (what.startsWith('the recovery') && step === 'truncate' && ++truncates <= 5) throw diskError('EIO')
      }
      const files = tracedFiles({
        ...tracing,
        before: (step, name) => {
          failRecovery(step)
          return tracing.before?.(step, name)
        },
      })
      const writer = await openWriter(dataDir, { files, sealAtBytes: 1500 })
      const incarnation = writer.incarnation
      const { good, bad } = await appendUntilFailure(writer, 0)
      expect(writer.nextShareSeq).toBe(BigInt(good.length))
      await until(() => writer.state === 'ready')
      expect(writer.incarnation).toBe(incarnation + 1)
      expect(writer.nextShareSeq).toBe(BigInt(good.length))
      if (what.startsWith('the recovery')) expect(truncates).toBe(6)
      for (let nonce = 1000; nonce < 1010; nonce++) expect(writer.append(shareNumber(nonce))).toBe('appended')
      await committed(writer)
      await writer.close()
      const kept = noncesOf(await readChain(dataDir, writer.writerId))
      expect(kept).toEqual([...good, ...Array.from({ length: 10 }, (_, i) => 1000 + i)])
      for (const nonce of bad) expect(kept).not.toContain(nonce)
    },
  )

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
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(writer.state).toBe('failed')
    await unlink(ballast)
    await until(() => writer.state === 'ready')
    expect(writer.append(shareNumber(1_000_000))).toBe('appended')
    await writer.close()
    expect(noncesOf(await readChain(dataDir, writer.writerId))).toEqual([...good, 1_000_000])
  })
})
