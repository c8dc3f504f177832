import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import * as nodeFiles from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { concatBytes } from '@headframe/core/bytes'
import { decodeFrames } from '@headframe/core/journal/decode-frames'
import { decodeSegment } from '@headframe/core/journal/decode-segment'
import { encodeSegment } from '@headframe/core/journal/encode-segment'
import type { SegmentHeader, SegmentRecord } from '@headframe/core/journal/segment'
import type { SegmentPlace } from '../../src/journal/journal-directory.js'
import { recoverChain, type ChainHead } from '../../src/journal/recover-chain.js'
import { SegmentWriter } from '../../src/journal/segment-writer.js'
import {
  committed,
  directoryOf,
  NETWORK,
  noncesOf,
  NOW_MS,
  openWriter,
  readChain,
  silent,
  temporaryDirectory,
} from './journal-fixture.js'
import { JOB, shareNumber, WORKER } from './journal-share.js'

const WRITER_ID = 's00-00000000'

const header: SegmentHeader = {
  network: NETWORK,
  writerId: WRITER_ID,
  incarnation: 3,
  segmentSeq: 0n,
  firstShareSeq: 0n,
  prevSegmentHash: new Uint8Array(32),
  openedAtMs: NOW_MS,
}

const shareRecord = (nonce: number): SegmentRecord => {
  const { assigned, submission, atMs } = shareNumber(nonce)
  return {
    kind: 'share',
    jobRef: 0,
    workerRef: 0,
    acceptedAtMs: atMs,
    assignedDifficulty: assigned.assignedDifficulty,
    extranonce1: assigned.extranonce1,
    extranonce2: submission.extranonce2,
    ntime: submission.ntime,
    nonce,
    version: 1,
  }
}

/** Three frames of shares, then one with the trailer. */
const sealed = encodeSegment(
  header,
  [
    [{ kind: 'job', jobRef: 0, ...JOB }, { kind: 'worker', workerRef: 0, ...WORKER }, shareRecord(0)],
    [shareRecord(1), shareRecord(2)],
    [shareRecord(3), shareRecord(4), shareRecord(5)],
  ],
  NOW_MS,
)

/** Where the frames end. */
const ends: number[] = []
for (let end = 8; end < sealed.length; ends.push(end)) {
  end += 12 + new DataView(sealed.buffer).getUint32(end + 4, true)
}
const [, secondEnd, thirdEnd] = ends as [number, number, number]

async function recover(dataDir: string, committedBytes?: number): Promise<ChainHead> {
  const modules = { directory: directoryOf(dataDir), files: nodeFiles, log: silent, nowMs: () => NOW_MS }
  const owner = { writerId: WRITER_ID, network: NETWORK }
  return recoverChain(
    owner,
    modules,
    committedBytes === undefined ? undefined : { segmentSeq: 0n, bytes: committedBytes },
  )
}

async function writeOpen(dataDir: string, bytes: Uint8Array): Promise<SegmentPlace> {
  const place = directoryOf(dataDir).placeOf(WRITER_ID, 0n, 'open')
  await mkdir(dirname(place.path), { recursive: true })
  await writeFile(place.path, bytes)
  return place
}

describe('a torn write', () => {
  it('costs nothing that was acknowledged, at whatever byte of the last frame it broke off', async () => {
    const dataDir = await temporaryDirectory()
    for (let cut = secondEnd; cut < thirdEnd; cut++) {
      await writeOpen(dataDir, sealed.subarray(0, cut))
      const head = await recover(dataDir)
      expect(head).toMatchObject({ incarnation: 3, nextSegmentSeq: 1n, nextShareSeq: 3n })
      const segments = await readChain(dataDir, WRITER_ID)
      expect(noncesOf(segments)).toEqual([0, 1, 2])
      expect(head.prevSegmentHash).toEqual(segments[0]!.segmentHash)
    }
  })

  it('leaves nothing of a segment whose first frame it broke', async () => {
    const dataDir = await temporaryDirectory()
    for (const bytes of [
      sealed.subarray(0, 0),
      sealed.subarray(0, 5),
      sealed.subarray(0, 100),
      new Uint8Array(4096),
    ]) {
      const place = await writeOpen(dataDir, bytes)
      expect(await recover(dataDir)).toMatchObject({ incarnation: 0, nextSegmentSeq: 0n, nextShareSeq: 0n })
      expect(await readdir(dirname(place.path))).toEqual([])
    }
  })

  it('may leave the file longer than what was written', async () => {
    const dataDir = await temporaryDirectory()
    await writeOpen(dataDir, concatBytes(sealed.subarray(0, secondEnd + 20), new Uint8Array(500)))
    await recover(dataDir)
    expect(noncesOf(await readChain(dataDir, WRITER_ID))).toEqual([0, 1, 2])
  })

  it('of the trailer means a new one', async () => {
    const dataDir = await temporaryDirectory()
    await writeOpen(dataDir, sealed.subarray(0, sealed.length - 1))
    await recover(dataDir)
    expect(noncesOf(await readChain(dataDir, WRITER_ID))).toEqual([0, 1, 2, 3, 4, 5])
  })
})

describe('recovery', () => {
  it('gives a whole segment its name and changes no byte of it', async () => {
    const dataDir = await temporaryDirectory()
    const place = await writeOpen(dataDir, sealed)
    const head = await recover(dataDir)
    const path = place.path.replace('.open', '.seg')
    expect(new Uint8Array(await readFile(path))).toEqual(sealed)
    expect(head.prevSegmentHash).toEqual(decodeSegment(sealed).segmentHash)
    expect(await recover(dataDir)).toEqual(head)
  })

  it('cuts what the process knows was refused, though it is whole', async () => {
    const dataDir = await temporaryDirectory()
    await writeOpen(dataDir, sealed.subarray(0, thirdEnd))
    expect(await recover(dataDir, secondEnd)).toMatchObject({ nextShareSeq: 3n })
    await writeOpen(await temporaryDirectory(), sealed)
    expect(noncesOf(await readChain(dataDir, WRITER_ID))).toEqual([0, 1, 2])
    const empty = await temporaryDirectory()
    await writeOpen(empty, sealed.subarray(0, thirdEnd))
    expect(await recover(empty, 0)).toMatchObject({ nextSegmentSeq: 0n })
  })

  it.each([
    ['bytes that were committed are gone', sealed.subarray(0, secondEnd), thirdEnd],
    [
      'a frame before a whole one is damaged',
      sealed.slice().fill(0xff, secondEnd + 20, secondEnd + 21),
      undefined,
    ],
    ['it is of another writer', encodeSegment({ ...header, writerId: 's00-ffffffff' }, [], 0), undefined],
    ['it is another segment', encodeSegment({ ...header, segmentSeq: 7n }, [], 0), undefined],
  ])('refuses a segment when %s', async (_what, bytes, committedBytes) => {
    const dataDir = await temporaryDirectory()
    const place = await writeOpen(dataDir, bytes)
    await expect(recover(dataDir, committedBytes)).rejects.toMatchObject({ code: 'corrupt-chain' })
    // It was not touched.
    expect(new Uint8Array(await readFile(place.path))).toEqual(bytes)
  })

  it('refuses the journal of another network, and says what to do', async () => {
    const dataDir = await temporaryDirectory()
    await writeOpen(dataDir, encodeSegment({ ...header, network: 'mainnet' }, [], 0))
    await expect(recover(dataDir)).rejects.toMatchObject({
      code: 'wrong-network',
      message: expect.stringContaining('use another data folder'),
    })
  })
})

describe('a slot', () => {
  async function writtenChain(dataDir: string): Promise<string> {
    const writer = await openWriter(dataDir, { sealAtBytes: 600 })
    for (let nonce = 0; nonce < 20; nonce++) {
      writer.append(shareNumber(nonce))
      await committed(writer)
    }
    await writer.close()
    return writer.writerId
  }

  const openSlot = async (dataDir: string, slot: number, suffix: string): Promise<SegmentWriter> => {
    const writer = await SegmentWriter.open(
      { dataDir, slot, network: NETWORK },
      { log: silent, nowMs: () => NOW_MS, randomSuffix: () => suffix },
    )
    await writer.close()
    return writer
  }

  it('has a writer of its own, which it finds again', async () => {
    const dataDir = await temporaryDirectory()
    expect((await openSlot(dataDir, 0, '11111111')).writerId).toBe('s00-11111111')
    expect((await openSlot(dataDir, 12, '22222222')).writerId).toBe('s12-22222222')
    expect((await openSlot(dataDir, 0, '33333333')).writerId).toBe('s00-11111111')
    expect(await directoryOf(dataDir).listWriters()).toEqual(['s00-11111111', 's12-22222222'])
    await expect(openSlot(dataDir, 1, '../../etc')).rejects.toThrow(RangeError)
  })

  it('begins a new chain when its newest segment is damaged, and sets that aside', async () => {
    const dataDir = await temporaryDirectory()
    const writerId = await writtenChain(dataDir)
    const places = await directoryOf(dataDir).listSegments(writerId)
    const newest = places.at(-1)!
    const bytes = await readFile(newest.path)
    bytes[200]! ^= 1
    await writeFile(newest.path, bytes)
    const next = await openWriter(dataDir)
    expect(next.writerId).not.toBe(writerId)
    expect(next.incarnation).toBe(2)
    expect(next.nextShareSeq).toBe(0n)
    next.append(shareNumber(99))
    await next.close()
    expect(noncesOf(await readChain(dataDir, next.writerId))).toEqual([99])
    const aside = await directoryOf(dataDir).listAside(writerId)
    expect(aside.map(({ segmentSeq }) => segmentSeq)).toEqual([newest.segmentSeq])
    expect(new Uint8Array(await readFile(aside[0]!.path))).toEqual(new Uint8Array(bytes))
    const reason = JSON.parse(await readFile(`${aside[0]!.path}.json`, 'utf8')) as Record<string, unknown>
    expect(reason).toMatchObject({ code: 'corrupt-chain', atMs: NOW_MS })
    // The rest of the old chain still waits for the shipper, and the next start goes on with the new one.
    expect(await directoryOf(dataDir).listSegments(writerId)).toHaveLength(places.length - 1)
    expect((await openWriter(dataDir)).writerId).toBe(next.writerId)
  })

  it('begins a new chain when the newest segment does not continue the one before it', async () => {
    const dataDir = await temporaryDirectory()
    const writerId = await writtenChain(dataDir)
    const places = await directoryOf(dataDir).listSegments(writerId)
    const before = places.at(-2)!
    const whole = decodeFrames(new Uint8Array(await readFile(before.path)))
    await writeFile(before.path, encodeSegment(whole.header!, [whole.records], NOW_MS + 1))
    expect((await openWriter(dataDir)).writerId).not.toBe(writerId)
  })

  it('continues from the newest segment when all before it have been shipped', async () => {
    const dataDir = await temporaryDirectory()
    const writerId = await writtenChain(dataDir)
    const places = await directoryOf(dataDir).listSegments(writerId)
    for (const place of places.slice(0, -1)) await nodeFiles.unlink(place.path)
    const writer = await openWriter(dataDir)
    expect(writer.writerId).toBe(writerId)
    expect(writer.nextShareSeq).toBe(20n)
  })

  it('says what the disk says', async () => {
    const dataDir = await temporaryDirectory()
    await mkdir(join(dataDir, 'journal'), { recursive: true })
    await writeFile(join(dataDir, 'journal', 's00-12345678'), 'not a folder')
    await expect(openWriter(dataDir)).rejects.toMatchObject({ code: 'ENOTDIR' })
  })

  it('does not touch the files when the network is another', async () => {
    const dataDir = await temporaryDirectory()
    const writerId = await writtenChain(dataDir)
    const listing = await readdir(join(dataDir, 'journal', writerId))
    await expect(openWriter(dataDir, { network: 'signet' })).rejects.toMatchObject({ code: 'wrong-network' })
    expect(await readdir(join(dataDir, 'journal', writerId))).toEqual(listing)
    await truncate(join(dataDir, 'journal', writerId, 'incarnation'), 0)
    expect((await openWriter(dataDir)).incarnation).toBe(2)
  })
})
