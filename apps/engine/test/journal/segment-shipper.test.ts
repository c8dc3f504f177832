import * as nodeFiles from 'node:fs/promises'
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { equalBytes } from '@headframe/core/bytes'
import { encodeSegment } from '@headframe/core/journal/encode-segment'
import { decodeSegment } from '@headframe/core/journal/decode-segment'
import type { Segment, SegmentRecord } from '@headframe/core/journal/segment'
import { SegmentRefused } from '@headframe/db/journal/segment-refused'
import type { SegmentPlace } from '../../src/journal/journal-directory.js'
import { KEEP_SHIPPED_MS } from '../../src/journal/remove-shipped.js'
import { HOLD_MS, SegmentShipper, TIDY_EVERY_MS } from '../../src/journal/segment-shipper.js'
import { directoryOf, NETWORK, NOW_MS, silent, temporaryDirectory } from './journal-fixture.js'
import { JOB, shareNumber, WORKER } from './journal-share.js'

/** The rules of the database's cursor, in memory, so that a test can see and disturb each append. */
class Cursors {
  readonly arrived: Segment[] = []
  appends = 0
  /** How often it was asked where a chain stands. */
  reads = 0
  /** Thrown by the next append, before or after it has been done. */
  failBefore: Error | undefined
  failAfter: Error | undefined
  readonly #lastOf = new Map<string, Segment>()

  readonly append = (segment: Segment): Promise<'appended' | 'already'> =>
    new Promise((resolve) => resolve(this.#append(segment)))

  readonly readNextSeq = (writerId: string): Promise<bigint> => {
    this.reads++
    const last = this.#lastOf.get(writerId)
    return Promise.resolve(last === undefined ? 0n : last.header.segmentSeq + 1n)
  }

  get names(): string[] {
    return this.arrived.map(({ header }) => `${header.writerId.slice(0, 3)}:${header.segmentSeq}`)
  }

  /** The database is one that has nothing of this writer. */
  putBack(writerId: string): void {
    this.#lastOf.delete(writerId)
  }

  #append(segment: Segment): 'appended' | 'already' {
    this.appends++
    this.#throwOnce('failBefore')
    const { header } = segment
    const last = this.#lastOf.get(header.writerId)
    if (last !== undefined && header.segmentSeq <= last.header.segmentSeq) return 'already'
    if (header.segmentSeq !== (last === undefined ? 0n : last.header.segmentSeq + 1n)) {
      throw new SegmentRefused('gap', 'a gap')
    }
    if (!equalBytes(header.prevSegmentHash, last?.segmentHash ?? new Uint8Array(32))) {
      throw new SegmentRefused('chain-mismatch', 'another chain')
    }
    this.#lastOf.set(header.writerId, segment)
    this.arrived.push(segment)
    this.#throwOnce('failAfter')
    return 'appended'
  }

  #throwOnce(which: 'failBefore' | 'failAfter'): void {
    const error = this[which]
    this[which] = undefined
    if (error !== undefined) throw error
  }
}

const share = (nonce: number): SegmentRecord => {
  const { assigned, submission, atMs } = shareNumber(nonce)
  const { extranonce1, assignedDifficulty } = assigned
  return {
    kind: 'share',
    jobRef: 0,
    workerRef: 0,
    acceptedAtMs: atMs,
    assignedDifficulty,
    extranonce1,
    ...submission,
    version: 1,
  }
}

class Chain {
  readonly places: SegmentPlace[] = []
  #prevSegmentHash: Uint8Array = new Uint8Array(32)
  readonly writerId: string
  readonly #dataDir: string

  constructor(dataDir: string, writerId: string) {
    this.#dataDir = dataDir
    this.writerId = writerId
  }

  async add(sealedAtMs: number): Promise<SegmentPlace> {
    const segmentSeq = BigInt(this.places.length)
    const place = directoryOf(this.#dataDir).placeOf(this.writerId, segmentSeq, 'sealed')
    const bytes = encodeSegment(
      {
        network: NETWORK,
        writerId: this.writerId,
        incarnation: 1,
        segmentSeq,
        firstShareSeq: segmentSeq,
        prevSegmentHash: this.#prevSegmentHash,
        openedAtMs: sealedAtMs,
      },
      [
        [
          { kind: 'job', jobRef: 0, ...JOB },
          { kind: 'worker', workerRef: 0, ...WORKER },
          share(this.places.length),
        ],
      ],
      sealedAtMs,
    )
    this.#prevSegmentHash = decodeSegment(bytes).segmentHash
    await mkdir(dirname(place.path), { recursive: true })
    await writeFile(place.path, bytes)
    this.places.push(place)
    return place
  }
}

interface Setup {
  readonly dataDir: string
  readonly cursors: Cursors
  readonly a: Chain
  readonly b: Chain
  nowMs: number
  readonly run: () => Promise<void>
  readonly restart: () => void
  readonly files: (chain: Chain) => Promise<string[]>
}

async function setUp(): Promise<Setup> {
  const dataDir = await temporaryDirectory()
  const cursors = new Cursors()
  const newShipper = (): SegmentShipper =>
    new SegmentShipper({
      directory: directoryOf(dataDir),
      files: nodeFiles,
      appendSegment: cursors.append,
      readNextSeq: cursors.readNextSeq,
      log: silent,
      nowMs: () => setup.nowMs,
    })
  let shipper = newShipper()
  const setup: Setup = {
    dataDir,
    cursors,
    a: new Chain(dataDir, 's00-aaaaaaaa'),
    b: new Chain(dataDir, 's01-bbbbbbbb'),
    nowMs: NOW_MS,
    run: () => shipper.run(new AbortController().signal),
    restart: () => (shipper = newShipper()),
    files: async ({ writerId }) => (await readdir(join(dataDir, 'journal', writerId))).sort(),
  }
  return setup
}

async function damage({ path }: SegmentPlace): Promise<Uint8Array> {
  const sound = await readFile(path)
  const bytes = Buffer.from(sound)
  bytes[150]! ^= 1
  await writeFile(path, bytes)
  return sound
}

describe('the segment shipper', () => {
  it('has nothing to do without a journal', async () => {
    const { run, cursors } = await setUp()
    await run()
    expect(cursors.appends).toBe(0)
  })

  it('takes the oldest over all writers, each writer in the order of its chain', async () => {
    const { run, cursors, a, b } = await setUp()
    await a.add(10)
    await b.add(5)
    await a.add(30)
    await b.add(20)
    // A clock that was set back does not change the order of a chain.
    await a.add(1)
    await b.add(25)
    await run()
    expect(cursors.names).toEqual(['s01:0', 's00:0', 's01:1', 's01:2', 's00:1', 's00:2'])
  })

  it('keeps what was shipped for a while, and the newest of each writer for good', async () => {
    const setup = await setUp()
    const { run, cursors, a, b, files } = setup
    for (const ageMs of [KEEP_SHIPPED_MS, KEEP_SHIPPED_MS - TIDY_EVERY_MS, 0]) await a.add(NOW_MS - ageMs)
    await b.add(1)
    await run()
    expect(cursors.names).toHaveLength(4)
    expect(await files(a)).toEqual(['0000000001.seg', '0000000002.seg'])
    expect(await files(b)).toEqual(['0000000000.seg'])
    setup.nowMs += TIDY_EVERY_MS
    await run()
    expect(await files(a)).toEqual(['0000000002.seg'])
    setup.nowMs += 10 * KEEP_SHIPPED_MS
    await b.add(2)
    await run()
    expect(await files(a)).toEqual(['0000000002.seg'])
    expect(await files(b)).toEqual(['0000000001.seg'])
    expect(cursors.names).toHaveLength(5)
  })

  it('ships none of what it keeps again, and asks for the cursor of a writer once', async () => {
    const { run, restart, cursors, a, b } = await setUp()
    for (const sealedAtMs of [NOW_MS, NOW_MS + 1, NOW_MS + 2]) await a.add(sealedAtMs)
    await b.add(NOW_MS)
    for (let runs = 0; runs < 3; runs++) await run()
    expect(cursors).toMatchObject({ appends: 4, reads: 2 })
    restart()
    await a.add(NOW_MS + 3)
    for (let runs = 0; runs < 3; runs++) await run()
    expect(cursors).toMatchObject({ appends: 5, reads: 4 })
  })

  it('does not remove what has not arrived, however old it is', async () => {
    const { run, cursors, a, files } = await setUp()
    for (const sealedAtMs of [1, 2, 3, 4]) await a.add(sealedAtMs)
    await damage(a.places[1]!)
    await run()
    expect(cursors.names).toEqual(['s00:0'])
    expect(await files(a)).toEqual(['0000000002.seg', '0000000003.seg', 'aside'])
  })

  it('leaves the segment alone that is being written', async () => {
    const { run, a, files, dataDir } = await setUp()
    await a.add(1)
    const open = directoryOf(dataDir).placeOf(a.writerId, 1n, 'open')
    await writeFile(open.path, 'still being written')
    await run()
    expect(await files(a)).toEqual(['0000000000.seg', '0000000001.open'])
  })

  it('goes on after a restart where the database says, and removes what it left behind', async () => {
    const { run, restart, cursors, a, files } = await setUp()
    for (const sealedAtMs of [1, 2, 3, 4]) await a.add(sealedAtMs)
    // Killed behind the commit.
    cursors.failAfter = new Error('the connection broke')
    await expect(run()).rejects.toThrow('the connection broke')
    restart()
    await run()
    expect(cursors.names).toEqual(['s00:0', 's00:1', 's00:2', 's00:3'])
    expect(cursors.appends).toBe(4)
    expect(await files(a)).toEqual(['0000000003.seg'])
  })

  it('repeats an append of which it does not know whether it was committed', async () => {
    const { run, cursors, a } = await setUp()
    for (const sealedAtMs of [1, 2]) await a.add(sealedAtMs)
    cursors.failAfter = new Error('the connection broke')
    await expect(run()).rejects.toThrow('the connection broke')
    await run()
    expect(cursors.names).toEqual(['s00:0', 's00:1'])
    expect(cursors.appends).toBe(3)
  })

  it('goes on where a database that was put back stands, with what it still has', async () => {
    const setup = await setUp()
    const { run, cursors, a } = setup
    for (const sealedAtMs of [1, 2, 3]) await a.add(NOW_MS + sealedAtMs)
    await run()
    cursors.putBack(a.writerId)
    await a.add(NOW_MS + 4)
    await run()
    setup.nowMs += HOLD_MS
    await run()
    expect(cursors.names.slice(3)).toEqual(['s00:0', 's00:1', 's00:2', 's00:3'])
  })

  it('loses nothing while the database is away', async () => {
    const { run, cursors, a, files } = await setUp()
    for (const sealedAtMs of [1, 2]) await a.add(sealedAtMs)
    for (let i = 0; i < 3; i++) {
      cursors.failBefore = Object.assign(new Error('no route'), { code: 'ECONNREFUSED' })
      await expect(run()).rejects.toThrow('no route')
    }
    expect(await files(a)).toHaveLength(2)
    await run()
    expect(cursors.names).toEqual(['s00:0', 's00:1'])
  })

  it('sets a damaged segment aside and holds its writer alone, until it is mended', async () => {
    const { run, restart, cursors, a, b, files, dataDir } = await setUp()
    for (const sealedAtMs of [1, 3, 5]) await a.add(sealedAtMs)
    for (const sealedAtMs of [2, 4]) await b.add(sealedAtMs)
    const sound = await damage(a.places[1]!)
    await run()
    expect(cursors.names).toEqual(['s00:0', 's01:0', 's01:1'])
    const aside = join(dataDir, 'journal', a.writerId, 'aside')
    expect((await readdir(aside)).sort()).toEqual(['0000000001.seg', '0000000001.seg.json'])
    const reason = JSON.parse(await readFile(join(aside, '0000000001.seg.json'), 'utf8')) as unknown
    expect(reason).toMatchObject({ code: 'bad-crc', atMs: NOW_MS })
    restart()
    await run()
    expect(cursors.names).toHaveLength(3)
    expect(await files(a)).toContain('0000000002.seg')

    await writeFile(a.places[1]!.path, sound)
    await rm(aside, { recursive: true })
    await run()
    expect(cursors.names).toEqual(['s00:0', 's01:0', 's01:1', 's00:1', 's00:2'])
  })

  it('sets a sound segment aside that stands in the wrong place', async () => {
    const { run, cursors, a, b } = await setUp()
    await a.add(1)
    await b.add(2)
    const place = await a.add(3)
    await copyFile(b.places[0]!.path, place.path)
    await run()
    expect(cursors.names).toEqual(['s00:0', 's01:0'])
  })

  it.each([
    ['a gap in the chain', new SegmentRefused('gap', 'the one before is missing')],
    ['data it cannot take', Object.assign(new Error('invalid byte sequence'), { code: '22021' })],
  ])('holds a writer for a while when the database refuses it: %s', async (_what, refusal) => {
    const setup = await setUp()
    const { run, cursors, a, b, files } = setup
    for (const sealedAtMs of [1, 3]) await a.add(sealedAtMs)
    for (const sealedAtMs of [2, 4]) await b.add(sealedAtMs)
    cursors.failBefore = refusal
    await run()
    expect(cursors.names).toEqual(['s01:0', 's01:1'])
    expect(await files(a)).toEqual(['0000000000.seg', '0000000001.seg'])
    setup.nowMs += HOLD_MS - 1
    await run()
    expect(cursors.names).toHaveLength(2)
    setup.nowMs += 1
    await run()
    expect(cursors.names).toEqual(['s01:0', 's01:1', 's00:0', 's00:1'])
  })

  it('stops between two segments when it is asked to', async () => {
    const { dataDir, a } = await setUp()
    for (const sealedAtMs of [1, 2, 3]) await a.add(sealedAtMs)
    const stopping = new AbortController()
    let appends = 0
    const shipper = new SegmentShipper({
      directory: directoryOf(dataDir),
      files: nodeFiles,
      appendSegment: () => {
        appends++
        stopping.abort()
        return Promise.resolve('appended')
      },
      readNextSeq: () => Promise.resolve(0n),
      log: silent,
      nowMs: () => NOW_MS,
    })
    await shipper.run(stopping.signal)
    expect(appends).toBe(1)
  })
})
