import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ShareJob } from '../src/job-slots.js'
import { loadMachines } from '../src/load-machines.js'
import { EXTRANONCES_MAX_SIZE, JOB_SLOTS, MESSAGE_MAX_SIZE } from '../src/machine.js'
import { NativeSha256 } from '../src/native-sha256.js'

const machines = loadMachines()
const native = machines.map((machine) => new NativeSha256(machine))

function jobOf(seed: number): ShareJob {
  return {
    prevHash: new Uint8Array(32).fill(seed),
    nbits: 0x207fffff,
    coinbasePrefix: new Uint8Array(60 + seed).fill(seed),
    coinbaseSuffix: new Uint8Array(90).fill(seed + 1),
    merklePath: Array.from({ length: seed % 4 }, (_, i) => new Uint8Array(32).fill(i)),
  }
}

function hashOf(hasher: NativeSha256, job: ShareJob, extranonceSize: number): string {
  const header = new Uint8Array(80)
  const hash = new Uint8Array(32)
  const extranonce2 = new Uint8Array(extranonceSize - 4).fill(7)
  hasher.hashShare(header, hash, job, new Uint8Array(4).fill(9), extranonce2, 1, 2, 3)
  return Buffer.from(hash).toString('hex')
}

function doubleHash(...pieces: Uint8Array[]): Buffer {
  const once = createHash('sha256').update(Buffer.concat(pieces)).digest()
  return createHash('sha256').update(once).digest()
}

function referenceOf(job: ShareJob, extranonceSize: number): string {
  const extranonces = Buffer.alloc(extranonceSize, 7).fill(9, 0, 4)
  let root = doubleHash(job.coinbasePrefix, extranonces, job.coinbaseSuffix)
  for (const sibling of job.merklePath) root = doubleHash(root, sibling)
  const header = Buffer.alloc(80)
  header.writeUInt32LE(1, 0)
  header.set(job.prevHash, 4)
  header.set(root, 36)
  header.writeUInt32LE(2, 68)
  header.writeUInt32LE(job.nbits, 72)
  header.writeUInt32LE(3, 76)
  return doubleHash(header).toString('hex')
}

it('gives the same digest with every kind of instructions', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3 * MESSAGE_MAX_SIZE, size: 'max' }), (bytes) => {
      const expected = createHash('sha256').update(bytes).digest('hex')
      const digests = native.map((hasher) => {
        const output = new Uint8Array(32)
        hasher.sha256Into(bytes, output)
        return Buffer.from(output).toString('hex')
      })
      expect(digests).toEqual(native.map(() => expected))
    }),
  )
})

it('keeps apart more jobs than there are slots', () => {
  const MORE = 100
  const jobs = Array.from({ length: JOB_SLOTS + MORE }, (_, seed) => jobOf(seed))
  for (const hasher of native) {
    for (const job of jobs) hashOf(hasher, job, 12)
    // Those that are ready still, and those whose slots were taken.
    for (const job of [...jobs.slice(-MORE), ...jobs.slice(0, MORE), ...jobs.slice(-MORE)]) {
      expect(hashOf(hasher, job, 12)).toBe(referenceOf(job, 12))
    }
  }
})

it('takes extranonces of any size that fits, also of one job', () => {
  const job = jobOf(5)
  for (const hasher of native) {
    for (const size of [4, 12, 13, 12, EXTRANONCES_MAX_SIZE, 4]) {
      expect(hashOf(hasher, job, size)).toBe(referenceOf(job, size))
    }
    expect(() => hashOf(hasher, job, EXTRANONCES_MAX_SIZE + 1)).toThrow('extranonces of 65 bytes together')
    expect(hashOf(hasher, job, 12)).toBe(referenceOf(job, 12))
  }
})

describe('a machine', () => {
  it('refuses what would leave its memory', () => {
    const coinbase = new Uint8Array(100)
    const path = new Uint8Array(64)
    const header = new Uint8Array(80)
    for (const { sha256, sha256d, sha256Bytes, loadJob, hashShare } of machines) {
      for (const length of [MESSAGE_MAX_SIZE + 1, 2 ** 32 - 1, -1]) {
        expect(() => sha256(length)).toThrow(RangeError)
      }
      expect(() => sha256d(MESSAGE_MAX_SIZE + 1)).toThrow(RangeError)
      expect(() => sha256Bytes('bytes' as unknown as Uint8Array)).toThrow(RangeError)
      expect(() => sha256Bytes(new Uint32Array(4) as unknown as Uint8Array)).toThrow(RangeError)
      expect(() => loadJob(JOB_SLOTS, coinbase, 0, 12, path, header)).toThrow(RangeError)
      expect(() => loadJob(0, coinbase, 89, 12, path, header)).toThrow(RangeError)
      expect(() => loadJob(0, coinbase, 2 ** 32 - 1, 12, path, header)).toThrow(RangeError)
      expect(() => loadJob(0, coinbase, 0, 65, path, header)).toThrow(RangeError)
      expect(() => loadJob(0, coinbase, 0, 12, path.subarray(1), header)).toThrow(RangeError)
      expect(() => loadJob(0, coinbase, 0, 12, path, header.subarray(1))).toThrow(RangeError)
      expect(() => hashShare(JOB_SLOTS)).toThrow(RangeError)
      expect(() => (loadJob as unknown as (slot: number) => void)(0)).toThrow(RangeError)
    }
  })

  it('has no job in a slot until it is loaded', () => {
    for (const { hashShare } of loadMachines()) expect(() => hashShare(0)).toThrow('no job is in this slot')
  })
})
