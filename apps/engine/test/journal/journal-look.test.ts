import * as nodeFiles from 'node:fs/promises'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { JournalLook } from '../../src/journal/journal-look.js'
import { readSealedAtMs } from '../../src/journal/read-sealed-at.js'
import { committed, directoryOf, openWriter, temporaryDirectory } from './journal-fixture.js'
import { shareNumber } from './journal-share.js'

async function sealSome(dataDir: string, rounds: number): Promise<string> {
  let writerId = ''
  for (let round = 0; round < rounds; round++) {
    const writer = await openWriter(dataDir)
    writerId = writer.writerId
    writer.append(shareNumber(round))
    await committed(writer)
    // Seals what it has.
    await writer.close()
  }
  return writerId
}

test('says what lies there, what of it has not arrived, and since when', async () => {
  const dataDir = await temporaryDirectory()
  const directory = directoryOf(dataDir)
  const writerId = await sealSome(dataDir, 4)
  const segments = await directory.listSegments(writerId)
  const sizes = await Promise.all(segments.map(async ({ path }) => (await stat(path)).size))
  const damaged = join(dirname(segments[0]!.path), 'aside', '0000000009.seg')
  await mkdir(dirname(damaged))
  await writeFile(damaged, 'x')

  let nextSeq: bigint | undefined = segments[2]!.segmentSeq
  const shipped = () => ({ nextSeq, isHeld: false })
  const look = new JournalLook({ directory, files: nodeFiles, shipped, nowMs: () => 77 })
  const report = await look.look()
  expect(report).toMatchObject({ atMs: 77 })
  expect(report.freeBytes).toBeGreaterThan(0)
  expect(report.totalBytes).toBeGreaterThanOrEqual(report.freeBytes)
  expect(report.writers).toEqual([
    {
      ...{ writerId, sealed: 4, setAside: 1, isHeld: false },
      sealedBytes: sizes.reduce((sum, size) => sum + size, 0),
      unshipped: 2,
      unshippedBytes: sizes[2]! + sizes[3]!,
      oldestUnshippedAtMs: await readSealedAtMs(segments[2]!.path, nodeFiles),
    },
  ])

  nextSeq = segments[3]!.segmentSeq + 1n
  expect((await look.look()).writers[0]).toMatchObject({ sealed: 4, unshipped: 0, unshippedBytes: 0 })
  // Nobody has asked the database yet.
  nextSeq = undefined
  expect((await look.look()).writers[0]).toMatchObject({ sealed: 4, unshipped: undefined })
})
