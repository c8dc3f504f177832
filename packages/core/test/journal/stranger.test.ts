import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSegment } from '../../src/journal/decode-segment.js'
import { encodeSegment } from '../../src/journal/encode-segment.js'
import { EXAMPLE, exampleBytes } from './example-segment.js'
import { segment } from './segment-arbitrary.js'

/**
 * A reader as somebody would write it who has nothing but docs/journal.md: it shares no line with the pool's own.
 * When one of the two changes and the other does not, this fails.
 */
interface Read {
  readonly records: { readonly tag: number; readonly bytes: Buffer }[]
  readonly shareHashes: string[]
  readonly works: bigint[]
  readonly root: string
  readonly statedRoot: string
  readonly statedWork: bigint
  readonly statedCount: number
}

const sha256 = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest()
const twice = (...parts: Buffer[]): Buffer => sha256(sha256(...parts))
const big = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`)
const bytes32 = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')

function recordsOf(file: Buffer): Buffer {
  expect(file.subarray(0, 7).toString('ascii')).toBe('HFSEGMT')
  expect(file[7]).toBe(1)
  const all: Buffer[] = []
  for (let at = 8; at < file.length;) {
    expect(file.subarray(at, at + 4).toString('hex')).toBe('f546524d')
    const length = file.readUInt32LE(at + 4)
    const records = file.subarray(at + 12, at + 12 + length)
    expect(crc32(Buffer.concat([file.subarray(at + 4, at + 8), records]))).toBe(file.readUInt32LE(at + 8))
    all.push(records)
    at += 12 + length
  }
  return Buffer.concat(all)
}

function sizeOf(bytes: Buffer, at: number): number {
  const text = (from: number): number => 1 + bytes[from]!
  switch (bytes[at]) {
    case 1:
      return 62 + text(at + 62)
    case 2:
    case 7: {
      const prefix = at + 1 + text(at + 1) + 4 + 4 + 32 + 4
      const suffix = prefix + 4 + bytes.readUInt32LE(prefix)
      const path = suffix + 4 + bytes.readUInt32LE(suffix)
      return path + 1 + 32 * bytes[path]! + (bytes[at] === 7 ? 4 : 0) - at
    }
    case 3: {
      const address = text(at + 2)
      return 2 + address + text(at + 2 + address)
    }
    case 4:
      return 50
    case 5:
      return 18
    default:
      return 77
  }
}

function workOf(difficulty: number): { target: bigint; work: bigint } {
  // Doubling a double until it is whole loses nothing.
  let [whole, shift] = [difficulty, 0n]
  while (!Number.isInteger(whole)) {
    whole *= 2
    shift++
  }
  const exact = ((0xffffn << 208n) << shift) / BigInt(whole)
  const target = exact > (1n << 256n) - 1n ? (1n << 256n) - 1n : exact
  return { target, work: (1n << 256n) / (target + 1n) }
}

function hashOfShare(job: Buffer, share: Buffer): Buffer {
  let at = 2 + job[1]! + 4 + 4
  const prevHash = job.subarray(at, at + 32)
  const nbits = job.subarray(at + 32, at + 36)
  at += 36
  const prefix = job.subarray(at + 4, at + 4 + job.readUInt32LE(at))
  at += 4 + prefix.length
  const suffix = job.subarray(at + 4, at + 4 + job.readUInt32LE(at))
  at += 4 + suffix.length
  let root = twice(prefix, share.subarray(25, 38), suffix)
  for (let i = 0; i < job[at]!; i++) root = twice(root, job.subarray(at + 1 + 32 * i, at + 33 + 32 * i))
  return twice(share.subarray(46, 50), prevHash, root, share.subarray(38, 42), nbits, share.subarray(42, 46))
}

function rootOf(nodes: Buffer[]): Buffer {
  if (nodes.length === 0) return Buffer.concat([sha256(), bytes32(0n)])
  if (nodes.length === 1) return nodes[0]!
  let half = 1
  while (half * 2 < nodes.length) half *= 2
  const [left, right] = [rootOf(nodes.slice(0, half)), rootOf(nodes.slice(half))]
  const sum = big(left.subarray(32)) + big(right.subarray(32))
  return Buffer.concat([sha256(Buffer.of(1), left, right), bytes32(sum)])
}

function read(file: Buffer): Read {
  const bytes = recordsOf(file)
  const records: Read['records'] = []
  for (let at = 0; at < bytes.length;) {
    const size = sizeOf(bytes, at)
    records.push({ tag: bytes[at]!, bytes: bytes.subarray(at, at + size) })
    at += size
  }
  const ofTags = (...tags: number[]): Buffer[] =>
    records.filter(({ tag }) => tags.includes(tag)).map(({ bytes }) => bytes)
  const [jobs, workers, shares] = [ofTags(2, 7), ofTags(3), ofTags(4)]
  const works = shares.map((share) => workOf(share.readDoubleLE(17)).work)
  const leaves = shares.map((share, i) => {
    const job = sha256(jobs[share.readUInt32LE(1)]!)
    const worker = sha256(workers[share.readUInt32LE(5)]!)
    const work = bytes32(works[i]!)
    return Buffer.concat([sha256(Buffer.of(0), job, worker, share, work), work])
  })
  const trailer = records.at(-1)!.bytes
  return {
    records,
    works,
    shareHashes: shares.map((share) =>
      hashOfShare(jobs[share.readUInt32LE(1)]!, share).reverse().toString('hex'),
    ),
    root: rootOf(leaves).subarray(0, 32).toString('hex'),
    statedCount: trailer.readUInt32LE(1),
    statedWork: big(trailer.subarray(5, 37)),
    statedRoot: trailer.subarray(37, 69).toString('hex'),
  }
}

const page = readFileSync(new URL('../../../../docs/journal.md', import.meta.url), 'utf8')

describe('a reader written from the document alone', () => {
  it('finds in the example what the document says of it', () => {
    const file = Buffer.from(/```hex\n([0-9a-f\n]+)```/.exec(page)![1]!.replaceAll('\n', ''), 'hex')
    expect(new Uint8Array(file)).toEqual(exampleBytes())
    const found = read(file)
    expect(found.records.map(({ tag }) => tag)).toEqual([1, 2, 3, 4, 4, 5, 6])
    expect(found.shareHashes[1]).toBe('000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f')
    expect(page).toContain(found.shareHashes[1])
    expect(found.statedRoot).toBe(found.root)
    expect(found.statedWork).toBe(4_295_036_929n)
    for (const [i, difficulty] of [2 ** -20, 1].entries()) {
      expect(BigInt(`0x${found.shareHashes[i]!}`) <= workOf(difficulty).target).toBe(true)
    }
    expect(decodeSegment(new Uint8Array(file)).records).toEqual(EXAMPLE.frames.flat())
  })

  it('comes to the same count, work and root as any segment states', () => {
    fc.assert(
      fc.property(segment, ({ header, frames, sealedAtMs }) => {
        const found = read(Buffer.from(encodeSegment(header, frames, sealedAtMs)))
        expect(found.statedCount).toBe(found.works.length)
        expect(found.statedWork).toBe(found.works.reduce((sum, work) => sum + work, 0n))
        expect(found.statedRoot).toBe(found.root)
      }),
    )
  })
})
